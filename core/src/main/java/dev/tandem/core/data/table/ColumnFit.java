package dev.tandem.core.data.table;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is learned of one column, row by row. */
abstract class ColumnFit {

  private final TableColumn column;

  ColumnFit(TableColumn column) {
    this.column = column;
  }

  static ColumnFit of(TableColumn column) {
    return column instanceof NumberColumn number
        ? new NumberFit(number)
        : new CategoryFit((CategoryColumn) column);
  }

  String name() {
    return column.name();
  }

  /** Takes the value of a row. */
  void add(Cells cells) throws BadCell {
    String text = cells.text(column.name());
    if (text == null && column.missing().kind() == Missing.Kind.REFUSED) {
      throw missing(column);
    }
    add(text, cells.comma());
  }

  static BadCell missing(TableColumn column) {
    boolean isNumber = column instanceof NumberColumn;
    return new BadCell(
        "the value is missing, which is refused unless a rule is given, as "
            + (isNumber ? "number" : "category")
            + "(\""
            + column.name()
            + "\").missing("
            + (isNumber ? "Missing.median()" : "Missing.constant(\"none\")")
            + ")");
  }

  abstract void add(@Nullable String text, boolean comma) throws BadCell;

  /**
   * The column with what was learned.
   *
   * @throws BadCell if it cannot be encoded so; the message goes on behind the column's name
   */
  abstract FittedColumn fitted() throws BadCell;

  /** What is odd about the column, behind its name. */
  abstract Optional<String> note();
}
