package dev.tandem.gan.config;

import java.util.Objects;
import java.util.Optional;

/**
 * The data of a run, as applications name it; {@code mnist} unless stated.
 *
 * @param name of data, or of a folder
 * @param to what presets that translate make of it, if that is data too
 */
public record DataSettings(String name, Optional<String> to) {

  /** Checks that both are there. */
  public DataSettings {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(to, "to");
  }
}
