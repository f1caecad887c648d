package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;

/** What becomes of one column of a table: numbers of it, or indices of categories. */
public sealed interface TableColumn permits NumberColumn, CategoryColumn {

  /** The name in the header of the table. */
  String name();

  /** The rule for missing values. */
  Missing missing();

  /** A column of numbers, as they are, none of which may be missing. */
  static NumberColumn number(String name) {
    return new NumberColumn(name, NumberColumn.Scale.NONE, Missing.refused());
  }

  /**
   * A column of categories, each an index (int32) in the order of the vocabulary, which is that of
   * the rows that are fitted.
   */
  static CategoryColumn category(String name) {
    return new CategoryColumn(
        name, CategoryColumn.Form.INDEX, ImmutableList.of(), false, Missing.refused());
  }
}
