package dev.tandem.core.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.nd4j.linalg.api.buffer.DataType;

/** The numbers of a column of one whole number for each row. */
final class WholeNumbers {

  private WholeNumbers() {}

  /**
   * The index of such a column.
   *
   * @throws IllegalArgumentException if there is none of that name; names those there are
   */
  static int require(RowSource source, String name) {
    for (int i = 0; i < source.columns().size(); i++) {
      Column column = source.columns().get(i);
      boolean whole = column.stored().isIntType() || column.stored() == DataType.BOOL;
      if (column.name().equals(name) && whole && column.sample().length() == 1) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "classes are one whole number for each row, and the "
            + source.name()
            + " has no such column called \""
            + name
            + "\"; it has "
            + source.columns());
  }

  /** Those of all rows. */
  static long[] of(RowSource source, int column) {
    Column label = source.columns().get(column);
    ByteBuffer number = ByteBuffer.allocate(label.bytes()).order(ByteOrder.nativeOrder());
    long[] numbers = new long[source.size()];
    for (int row = 0; row < numbers.length; row++) {
      number.clear();
      try {
        source.read(column, row, number);
      } catch (IOException | RuntimeException e) {
        throw new UnreadableRowException(source.place(row), label.label(), source.name(), e);
      }
      numbers[row] = whole(number, label.stored());
    }
    return numbers;
  }

  private static long whole(ByteBuffer number, DataType type) {
    return switch (type.width()) {
      case 1 -> type == DataType.UINT8 ? number.get(0) & 0xFF : number.get(0);
      case 2 -> type == DataType.UINT16 ? number.getShort(0) & 0xFFFF : number.getShort(0);
      case 4 ->
          type == DataType.UINT32 ? Integer.toUnsignedLong(number.getInt(0)) : number.getInt(0);
      default -> number.getLong(0);
    };
  }
}
