package dev.tandem.core.layer;

import java.util.List;

/** Rules for settings, with messages that name the rule and the value. */
final class Check {

  private Check() {}

  static void positive(String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is not at least 1: " + value);
    }
  }

  static void notNegative(String what, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
  }

  static void allPositive(String what, List<Integer> values) {
    values.forEach(value -> positive(what, value));
  }

  static void noneNegative(String what, List<Integer> values) {
    values.forEach(value -> notNegative(what, value));
  }

  /** For rates: in [0, 1). */
  static void fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " is not in [0, 1): " + value);
    }
  }

  static void notNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
  }

  static void aboveZero(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not above 0: " + value);
    }
  }
}
