package dev.tandem.core.data.table;

import java.util.Locale;
import java.util.Objects;

/**
 * A column of numbers, as float32.
 *
 * @param name in the header
 * @param scale what they are scaled to
 * @param missing the rule for missing values
 */
public record NumberColumn(String name, Scale scale, Missing missing) implements TableColumn {

  /** What numbers are scaled to, by those of the rows that are fitted. */
  public enum Scale {
    /** They are taken as they are. */
    NONE,
    /** Their mean becomes 0, their standard deviation 1. */
    STANDARD,
    /** The least becomes −1, the largest 1; numbers of other rows may lie outside. */
    UNIT
  }

  /**
   * Checks the constant for missing values.
   *
   * @throws IllegalArgumentException if it is no number
   */
  public NumberColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scale, "scale");
    if (missing.value().isPresent()) {
      try {
        NumberText.parse(missing.value().get(), false);
      } catch (BadCell e) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "what stands for missing values of the numbers \"%s\": %s",
                name,
                e.getMessage()),
            e);
      }
    }
  }

  /** The same with mean 0 and standard deviation 1. */
  public NumberColumn standardized() {
    return new NumberColumn(name, Scale.STANDARD, missing);
  }

  /** The same in [−1, 1], as a generator that ends in tanh has it. */
  public NumberColumn scaled() {
    return new NumberColumn(name, Scale.UNIT, missing);
  }

  /** The same with another rule for missing values. */
  public NumberColumn missing(Missing rule) {
    return new NumberColumn(name, scale, rule);
  }
}
