package dev.tandem.core.layer;

import java.util.List;

/** Rules for settings, with messages that name the rule and the value. */
final class Check {

  private Check() {}

  static int positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is not at least 1: " + value);
    }
    return value;
  }

  static int notNegative(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
    return value;
  }

  /** Two sizes of a window or a step, rows first. */
  static List<Integer> positives(String what, int rows, int columns) {
    return List.of(positive(what, rows), positive(what, columns));
  }

  /** For rates: in [0, 1). */
  static double fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " is not in [0, 1): " + value);
    }
    return value;
  }

  static double notNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
    return value;
  }

  static double aboveZero(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not above 0: " + value);
    }
    return value;
  }
}
