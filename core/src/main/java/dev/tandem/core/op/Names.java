package dev.tandem.core.op;

import java.util.Locale;

/** Spelling of names. */
final class Names {

  private Names() {}

  /**
   * {@code LeakyRelu} to {@code leaky_relu}, {@code Conv2DGradients} to {@code conv2d_gradients}.
   */
  static String snakeCase(String camelCase) {
    return camelCase
        .replaceAll("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_")
        .toLowerCase(Locale.ROOT);
  }
}
