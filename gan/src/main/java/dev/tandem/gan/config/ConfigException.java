package dev.tandem.gan.config;

/**
 * A config that cannot be read or used. Its message names the key, the rule, the value and the
 * place: {@code optimizer.generator.rate is not at least 0: -1 (run.yaml, line 12, column 11)}.
 */
public final class ConfigException extends IllegalArgumentException {

  private static final long serialVersionUID = 1;

  ConfigException(String message) {
    super(message);
  }

  ConfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
