package dev.tandem.cuda.text;

/** A way to make one number of two, in any order of many. */
public enum Combination {
  /** The sum. */
  SUM("sum_of"),
  /** The largest, NaN if any is. */
  MAX("larger_of");

  private final String function;

  Combination(String function) {
    this.function = function;
  }

  /** Of two expressions. */
  public String of(String a, String b) {
    return function + "(" + a + ", " + b + ")";
  }

  /** What changes nothing, of a type. */
  public String none(CType type) {
    if (this == SUM || type.isFloating()) {
      return type.number(this == SUM ? 0 : Double.NEGATIVE_INFINITY);
    }
    return switch (type) {
      case INT -> "(-2147483647 - 1)";
      case LONG -> "(-9223372036854775807LL - 1)";
      case BYTE -> "((signed char)-128)";
      default -> type.number(0);
    };
  }
}
