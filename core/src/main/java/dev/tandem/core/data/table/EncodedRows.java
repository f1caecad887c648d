package dev.tandem.core.data.table;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.Dataset;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rows in memory, each the bytes of all columns, on their way to arrays. */
final class EncodedRows {

  private static final int FIRST = 1 << 12;
  private static final int MOST = Integer.MAX_VALUE - 16;

  private final ImmutableList<Column> columns;
  private final int rowBytes;
  private byte[] bytes = new byte[FIRST];
  private int rows;

  EncodedRows(ImmutableList<Column> columns) {
    this.columns = columns;
    this.rowBytes = bytes(columns);
  }

  static int bytes(ImmutableList<Column> columns) {
    return columns.stream().mapToInt(Column::bytes).sum();
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException if there is no room in an array of bytes
   */
  void add(byte[] row) {
    long needed = (rows + 1L) * rowBytes;
    if (needed > MOST) {
      throw new IllegalArgumentException(
          "more than " + rows + " rows do not fit in memory at once; take mapped(file, …)");
    }
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(MOST, needed + bytes.length));
    }
    System.arraycopy(row, 0, bytes, rows * rowBytes, rowBytes);
    rows++;
  }

  int size() {
    return rows;
  }

  /** The rows as a data set. */
  Dataset dataset() {
    Dataset.Builder dataset = Dataset.builder();
    arrays(Column.Kind.INPUT).forEach(dataset::input);
    arrays(Column.Kind.TARGET).forEach(dataset::target);
    return dataset.build();
  }

  /** The arrays of a kind, by name. */
  Map<String, INDArray> arrays(Column.Kind kind) {
    Backend.require();
    Map<String, INDArray> arrays = new LinkedHashMap<>();
    int offset = 0;
    for (Column column : columns) {
      if (column.kind() == kind) {
        arrays.put(column.name(), array(column, offset));
      }
      offset += column.bytes();
    }
    return arrays;
  }

  private INDArray array(Column column, int offset) {
    ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    int width = column.bytes() / Float.BYTES;
    long[] shape = column.sample().prepend(rows).toArray();
    if (column.dtype() == DataType.INT32) {
      int[] values = new int[rows];
      for (int i = 0; i < rows; i++) {
        values[i] = from.getInt(i * rowBytes + offset);
      }
      return Nd4j.createFromArray(values);
    }
    float[] values = new float[rows * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = from.getFloat(i / width * rowBytes + offset + i % width * Float.BYTES);
    }
    return Nd4j.createFromArray(values).reshape(shape);
  }
}
