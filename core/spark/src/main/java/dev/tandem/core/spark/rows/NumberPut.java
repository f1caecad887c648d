package dev.tandem.core.spark.rows;

import dev.tandem.core.data.Column;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Set;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Puts numbers of one column, where they are none that it does not hold.
 *
 * @param label of the column in messages
 */
record NumberPut(String label, DataType type) implements Serializable {

  private static final Set<DataType> TYPES =
      Set.of(
          DataType.FLOAT,
          DataType.DOUBLE,
          DataType.INT64,
          DataType.INT32,
          DataType.INT16,
          DataType.INT8,
          DataType.UINT8);

  /**
   * Those of a column.
   *
   * @throws IllegalArgumentException if it is of a type that no number is put as
   */
  static NumberPut of(Column column) {
    if (!TYPES.contains(column.stored())) {
      throw new IllegalArgumentException(column + " is not written from numbers; give a RowWriter");
    }
    return new NumberPut(column.kind() + " \"" + column.name() + "\"", column.stored());
  }

  void put(double value, ByteBuffer into) {
    switch (type) {
      case FLOAT -> into.putFloat((float) value);
      case DOUBLE -> into.putDouble(value);
      case LONG -> into.putLong((long) whole(value, -0x1p63, 0x1p63));
      case INT -> into.putInt((int) whole(value, -0x1p31, 0x1p31));
      case SHORT -> into.putShort((short) whole(value, -0x1p15, 0x1p15));
      case BYTE -> into.put((byte) whole(value, -0x1p7, 0x1p7));
      default -> into.put((byte) (int) whole(value, 0, 0x1p8));
    }
  }

  private double whole(double value, double from, double end) {
    if (!(value >= from && value < end && value == Math.rint(value))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "holds %s, and %s takes whole numbers that %s holds",
              value,
              label,
              type));
    }
    return value;
  }
}
