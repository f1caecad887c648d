package dev.tandem.gan.config;

import java.util.Optional;

/** The numbers that follow from the data and from other settings where they are not stated. */
@FunctionalInterface
interface Derived {

  /** Nothing follows. */
  Derived NOTHING = (path, type, component) -> Optional.empty();

  /**
   * A number.
   *
   * @param path of the record that lacks it
   * @param type of that record
   * @param component that it lacks
   */
  Optional<Object> value(String path, Class<?> type, String component);
}
