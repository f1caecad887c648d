package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;

/**
 * A column of categories.
 *
 * @param name in the header
 * @param form what they become
 * @param given the vocabulary, in the order of its indices; if it is empty, the values of the rows
 *     that are fitted, in the order of numbers if all are whole numbers, else of letters
 * @param unknownAllowed whether values outside the vocabulary have an index of their own, behind
 *     the others; else they are errors
 * @param missing the rule for missing values, a constant or refused
 */
public record CategoryColumn(
    String name, Form form, ImmutableList<String> given, boolean unknownAllowed, Missing missing)
    implements TableColumn {

  /** How the index that values outside the vocabulary have is called. */
  public static final String UNKNOWN = "(unknown)";

  /** What categories become. */
  public enum Form {
    /** An int32 index, for {@code Embedding} or as a label. */
    INDEX,
    /** A float32 number for each category, 1 for the value's and 0 for the others. */
    ONE_HOT,
    /** One float32 number, 0 for the first of two categories and 1 for the second. */
    FLAG
  }

  /**
   * Checks that the rule for missing values is one for categories, and the vocabulary has no value
   * twice.
   *
   * @throws IllegalArgumentException if not
   */
  public CategoryColumn {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(form, "form");
    if (missing.kind() == Missing.Kind.MEAN || missing.kind() == Missing.Kind.MEDIAN) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "missing values of the categories \"%s\" have no %s; name a category for them, as"
                  + " Missing.constant(\"none\")",
              name,
              missing.kind().name().toLowerCase(Locale.ROOT)));
    }
    if (new HashSet<>(given).size() < given.size()) {
      throw new IllegalArgumentException(
          "the vocabulary of \"" + name + "\" has a category twice: " + given);
    }
    if (form == Form.FLAG && unknownAllowed) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is a flag, which has no third value for unknown ones; take oneHot()");
    }
  }

  /** The same with a number for each category in place of an index. */
  public CategoryColumn oneHot() {
    return new CategoryColumn(name, Form.ONE_HOT, given, unknownAllowed, missing);
  }

  /**
   * The same with one number in place of an index: 0 for the first of two categories, 1 for the
   * second, as binary cross-entropy compares with.
   */
  public CategoryColumn flag() {
    return new CategoryColumn(name, Form.FLAG, given, unknownAllowed, missing);
  }

  /** The same with a vocabulary that is given, in the order of its indices. */
  public CategoryColumn of(String... categories) {
    return new CategoryColumn(
        name, form, ImmutableList.copyOf(categories), unknownAllowed, missing);
  }

  /** The same with an index for values outside the vocabulary, the last one. */
  public CategoryColumn allowingUnknown() {
    return new CategoryColumn(name, form, given, true, missing);
  }

  /** The same with another rule for missing values. */
  public CategoryColumn missing(Missing rule) {
    return new CategoryColumn(name, form, given, unknownAllowed, rule);
  }
}
