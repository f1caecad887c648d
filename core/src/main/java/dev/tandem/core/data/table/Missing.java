package dev.tandem.core.data.table;

import java.util.Objects;
import java.util.Optional;

/**
 * The rule for the empty cells of a column, and for those that {@link CsvFile#missing} names. Means
 * and medians are those of the rows that a schema is fitted to, and hold for all rows that are
 * encoded later.
 *
 * @param kind what stands in their place
 * @param value the constant, if it is one, as a cell would have it, with a decimal point
 * @param told whether it is told which values were missing
 */
public record Missing(Kind kind, Optional<String> value, boolean told) {

  /** What stands in the place of a missing value. */
  public enum Kind {
    /** Nothing: a missing value is an error. */
    REFUSED,
    /** A number or a category that is given. */
    CONSTANT,
    /** The mean of the numbers of the column. */
    MEAN,
    /** The median of the numbers of the column. */
    MEDIAN
  }

  /**
   * Checks that there is a constant if there has to be.
   *
   * @throws IllegalArgumentException if not, or refused values are to be told
   */
  public Missing {
    Objects.requireNonNull(kind, "kind");
    if (kind == Kind.CONSTANT == value.isEmpty()) {
      throw new IllegalArgumentException("missing values are " + kind + " by " + value);
    }
    if (kind == Kind.REFUSED && told) {
      throw new IllegalArgumentException(
          "missing values are refused, so that none can be flagged; say what stands for them, as"
              + " Missing.median().flagged()");
    }
  }

  /** Missing values as errors, which is the rule unless another is set. */
  public static Missing refused() {
    return new Missing(Kind.REFUSED, Optional.empty(), false);
  }

  /**
   * A number in their place, in the units of the column.
   *
   * @throws IllegalArgumentException if it is not finite
   */
  public static Missing constant(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("a constant is a finite number: " + number);
    }
    return constant(Double.toString(number));
  }

  /** A category in their place, which is one of the vocabulary from then on. */
  public static Missing constant(String category) {
    return new Missing(Kind.CONSTANT, Optional.of(category), false);
  }

  /** The mean of the numbers of the rows that are fitted. */
  public static Missing mean() {
    return new Missing(Kind.MEAN, Optional.empty(), false);
  }

  /** The median of the numbers of the rows that are fitted. */
  public static Missing median() {
    return new Missing(Kind.MEDIAN, Optional.empty(), false);
  }

  /**
   * The same, and which values were missing is told: among inputs by one more number behind the
   * value's, 1 where it was missing and else 0; of a target by sample weights, {@code weights:} and
   * its name, 0 where it was missing and else 1, so that nothing is learned from what stands there.
   */
  public Missing flagged() {
    return new Missing(kind, value, true);
  }
}
