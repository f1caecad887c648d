package dev.tandem.core.op;

/**
 * An engine that a module brings, by name. Classes of this kind that are listed in {@code
 * META-INF/services/dev.tandem.core.op.EngineProvider} are found by {@link
 * java.util.ServiceLoader}; looking for a name makes providers, not engines.
 */
public interface EngineProvider {

  /** The name, in small letters, as on a command line: {@code cuda}. */
  String name();

  /**
   * A new engine with its defaults.
   *
   * @throws IllegalStateException if it cannot run here; the message names what is missing
   */
  Engine engine();
}
