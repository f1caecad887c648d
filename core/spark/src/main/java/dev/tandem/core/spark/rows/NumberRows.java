package dev.tandem.core.spark.rows;

import dev.tandem.core.data.Column;
import java.io.Serial;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Rows of numbers: those of all columns, one behind the other. */
final class NumberRows implements RowWriter<float[]> {

  @Serial private static final long serialVersionUID = 1L;

  private final NumberPut[] numbers;
  private final int[] lengths;
  private final int length;

  NumberRows(List<Column> columns) {
    numbers = columns.stream().map(NumberPut::of).toArray(NumberPut[]::new);
    lengths =
        columns.stream().mapToInt(column -> Math.toIntExact(column.sample().length())).toArray();
    length = Arrays.stream(lengths).reduce(0, Math::addExact);
  }

  @Override
  public void write(float[] row, ByteBuffer into) {
    if (row.length != length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "has %d numbers, and its columns %d: %s",
              row.length,
              length,
              Arrays.stream(numbers).map(NumberPut::label).toList()));
    }
    int at = 0;
    for (int column = 0; column < lengths.length; column++) {
      for (int end = at + lengths[column]; at < end; at++) {
        numbers[column].put(row[at], into);
      }
    }
  }
}
