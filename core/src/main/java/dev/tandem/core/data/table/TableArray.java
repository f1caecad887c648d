package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Column;
import java.util.Locale;
import java.util.Objects;

/**
 * One input or target and what it is made of.
 *
 * @param kind whether models read it or are compared with it
 * @param name of it
 * @param columns of the table: numbers, or one index
 */
public record TableArray(Column.Kind kind, String name, ImmutableList<TableColumn> columns) {

  /**
   * Checks that the columns go together.
   *
   * @throws IllegalArgumentException if there is none, or an index is not alone, or a target of
   *     several columns has missing values told
   */
  public TableArray {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(name, "name");
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          kind + " \"" + name + "\" has no columns; name some, as number(\"area\")");
    }
    for (TableColumn column : columns) {
      if (columns.size() > 1 && isIndex(column)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "%s \"%s\" has the index of \"%s\" among other columns, and indices are no numbers;"
                    + " take category(\"%s\").oneHot(), or give the index %s of its own",
                kind,
                name,
                column.name(),
                column.name(),
                kind == Column.Kind.INPUT ? "an input" : "a target"));
      }
      boolean told = column.missing().told();
      if (told && kind == Column.Kind.TARGET && columns.size() > 1) {
        throw new IllegalArgumentException(
            "target \""
                + name
                + "\" tells missing values by weights of rows, and has several columns; give \""
                + column.name()
                + "\" a target of its own");
      }
      if (told && kind == Column.Kind.INPUT && column instanceof CategoryColumn) {
        throw new IllegalArgumentException(
            "missing values of the categories \""
                + column.name()
                + "\" are told by a category of their own; leave flagged() out");
      }
    }
  }

  private static boolean isIndex(TableColumn column) {
    return column instanceof CategoryColumn category
        && category.form() == CategoryColumn.Form.INDEX;
  }

  /** Whether weights of rows tell which values were missing. */
  boolean isWeighted() {
    return kind == Column.Kind.TARGET && columns.get(0).missing().told();
  }

  /** The columns; those of targets without numbers that tell missing values. */
  ImmutableList<TableColumn> plainColumns() {
    return isWeighted() ? ImmutableList.of(unflagged(columns.get(0))) : columns;
  }

  private static TableColumn unflagged(TableColumn column) {
    Missing rule = new Missing(column.missing().kind(), column.missing().value(), false);
    return column instanceof NumberColumn number
        ? number.missing(rule)
        : ((CategoryColumn) column).missing(rule);
  }
}
