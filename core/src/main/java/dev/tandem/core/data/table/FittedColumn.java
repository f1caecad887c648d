package dev.tandem.core.data.table;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A column with all that its numbers follow from. */
sealed interface FittedColumn permits FittedNumber, FittedCategory {

  /** What was asked for. */
  TableColumn column();

  /** How many float32 numbers a row has of it; 1 for an index. */
  int width();

  /** Whether it is one int32 index. */
  boolean isIndex();

  /**
   * Writes the numbers of a cell.
   *
   * @param text null if it is missing
   * @param comma whether a comma stands before fractions
   * @throws BadCell if the cell is none that the column takes; nothing was written
   */
  void write(@Nullable String text, boolean comma, ByteBuffer into) throws BadCell;

  /**
   * The value that numbers stand for: a Double or a String.
   *
   * @param numbers in which it begins at an index
   */
  Object value(double[] numbers, int at);
}
