package dev.tandem.core.optimizer;

/** Rules for settings, with messages that name the rule and the value. */
final class Check {

  private Check() {}

  /** For what stays of an average: in [0, 1). */
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

  static void positive(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not above 0: " + value);
    }
  }

  static void steps(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is not at least 1: " + value);
    }
  }
}
