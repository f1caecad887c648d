package dev.tandem.core.spark.rows;

import dev.tandem.core.data.Column;
import java.io.Serial;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows of a table as they are. */
final class ColumnRows implements RowWriter<Row> {

  @Serial private static final long serialVersionUID = 1L;

  private static final Set<DataType> BYTES = Set.of(DataType.UINT8, DataType.INT8);

  private final String[] names;
  private final NumberPut[] numbers;
  private final DataType[] types;
  private final int[] lengths;

  ColumnRows(List<Column> columns) {
    names = new String[columns.size()];
    numbers = new NumberPut[names.length];
    types = new DataType[names.length];
    lengths = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      Column column = columns.get(i);
      names[i] = column.name();
      types[i] = column.stored();
      numbers[i] = NumberPut.of(column);
      lengths[i] = Math.toIntExact(column.sample().length());
    }
  }

  @Override
  public void write(Row row, ByteBuffer into) {
    for (int i = 0; i < names.length; i++) {
      try {
        put(i, row, into);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("column \"" + names[i] + "\" " + e.getMessage(), e);
      }
    }
  }

  private void put(int column, Row row, ByteBuffer into) {
    Object value = row.get(column);
    if (value instanceof byte[] bytes && BYTES.contains(types[column])) {
      requireLength(column, bytes.length);
      into.put(bytes);
    } else if (value instanceof scala.collection.Seq<?>) {
      List<Object> list = row.getList(column);
      requireLength(column, list.size());
      list.forEach(one -> numbers[column].put(number(one), into));
    } else {
      requireLength(column, 1);
      numbers[column].put(number(value), into);
    }
  }

  private void requireLength(int column, int length) {
    if (length != lengths[column]) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "has %d number%s, and a sample of it %d",
              length,
              length == 1 ? "" : "s",
              lengths[column]));
    }
  }

  private static double number(@Nullable Object value) {
    if (value instanceof Boolean flag) {
      return flag ? 1 : 0;
    }
    if (value instanceof Long whole && (long) (double) whole != whole) {
      throw new IllegalArgumentException(
          "holds " + whole + ", which float64 does not; is it an id rather than a number?");
    }
    if (value instanceof Number || value instanceof BigDecimal) {
      return ((Number) value).doubleValue();
    }
    throw new IllegalArgumentException(
        value == null
            ? "has no value; leave such rows out in Spark, as table.na().drop(), or take a"
                + " TableSchema with a rule for them"
            : "holds a "
                + value.getClass().getSimpleName()
                + ", which is no number; take a TableSchema for texts and categories");
  }
}
