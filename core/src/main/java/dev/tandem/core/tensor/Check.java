package dev.tandem.core.tensor;

import java.util.List;

/**
 * Rules for settings, with messages that name the setting, the rule and the value. Each throws an
 * IllegalArgumentException for a value that is against it.
 */
public final class Check {

  private Check() {}

  /** A count: at least 1. */
  public static void positive(String what, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(what + " is not at least 1: " + value);
    }
  }

  /** Counts: at least 1 each. */
  public static void allPositive(String what, List<Integer> values) {
    values.forEach(value -> positive(what, value));
  }

  /** A count that may be 0. */
  public static void notNegative(String what, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
  }

  /** Counts that may be 0. */
  public static void noneNegative(String what, List<Integer> values) {
    values.forEach(value -> notNegative(what, value.longValue()));
  }

  /** A rate, or what stays of an average: in [0, 1). */
  public static void fraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " is not in [0, 1): " + value);
    }
  }

  /** A finite number of at least 0. */
  public static void notNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not at least 0: " + value);
    }
  }

  /** A finite number above 0. */
  public static void aboveZero(String what, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " is not above 0: " + value);
    }
  }
}
