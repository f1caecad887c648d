package dev.tandem.core.tensor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner.ExecutionerType;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A look for numbers that are no indices of a table. It goes through dense int32, int64, float32
 * and float64 arrays in their own memory, one comparison for each number, and makes no garbage;
 * other arrays are copied first. The array may change between two looks, but must not be closed.
 */
public final class IndexScan {

  private final INDArray array;
  private final long limit;
  private final boolean inMemory;
  private final ByteBuffer memory;

  /**
   * A look at an array of integers, or of numbers whose fractions are cut off.
   *
   * @param limit how many rows the table has: indices lie in [0, limit)
   */
  public IndexScan(INDArray array, long limit) {
    this.array = array;
    this.limit = limit;
    this.inMemory = isDense(array) && isDirect(array.dataType());
    this.memory = inMemory ? memory(array) : ByteBuffer.allocate(0);
  }

  private static boolean isDense(INDArray array) {
    return Nd4j.getExecutioner().type() == ExecutionerType.NATIVE_CPU
        && array.ordering() == 'c'
        && Shape.hasDefaultStridesForShape(array)
        && array.length() * array.dataType().width() <= Integer.MAX_VALUE;
  }

  private static boolean isDirect(DataType dtype) {
    return dtype == DataType.INT32
        || dtype == DataType.INT64
        || dtype == DataType.FLOAT
        || dtype == DataType.DOUBLE;
  }

  private static ByteBuffer memory(INDArray array) {
    long bytes = array.length() * array.dataType().width();
    return new BytePointer(array.data().addressPointer())
        .capacity(bytes)
        .asByteBuffer()
        .order(ByteOrder.nativeOrder());
  }

  /** Where, counted in 'c' order, the first number lies that is no index; -1 if all are. */
  public long firstOutside() {
    if (array.isEmpty()) {
      return -1;
    }
    return inMemory ? scan(array.dataType(), memory, array.length()) : copied();
  }

  private long copied() {
    DataType dtype = array.dataType().isFPType() ? DataType.DOUBLE : DataType.INT64;
    INDArray copy = array.castTo(dtype).dup('c');
    return scan(dtype, copy.data().asNio().order(ByteOrder.nativeOrder()), copy.length());
  }

  private long scan(DataType dtype, ByteBuffer numbers, long length) {
    return switch (dtype) {
      case INT -> ints(numbers, (int) length);
      case LONG -> longs(numbers, (int) length);
      case FLOAT -> floats(numbers, (int) length);
      default -> doubles(numbers, (int) length);
    };
  }

  private long ints(ByteBuffer numbers, int length) {
    int last = (int) Math.min(limit - 1, Integer.MAX_VALUE);
    int outside = 0; // negative as soon as one is
    for (int i = 0; i < length; i++) {
      int number = numbers.getInt(4 * i);
      outside |= number | last - number;
    }
    return outside < 0 ? first(i -> numbers.getInt(4 * i), length) : -1;
  }

  private long longs(ByteBuffer numbers, int length) {
    long outside = 0;
    for (int i = 0; i < length; i++) {
      long number = numbers.getLong(8 * i);
      outside |= number | limit - 1 - number;
    }
    return outside < 0 ? first(i -> numbers.getLong(8 * i), length) : -1;
  }

  private long floats(ByteBuffer numbers, int length) {
    return first(i -> whole(numbers.getFloat(4 * i)), length);
  }

  private long doubles(ByteBuffer numbers, int length) {
    return first(i -> whole(numbers.getDouble(8 * i)), length);
  }

  /** Without its fraction; NaN is no index. */
  private static long whole(double number) {
    return Double.isNaN(number) ? -1 : (long) number;
  }

  private interface Numbers {
    long at(int index);
  }

  private long first(Numbers numbers, int length) {
    for (int i = 0; i < length; i++) {
      long number = numbers.at(i);
      if (number < 0 || number >= limit) {
        return i;
      }
    }
    return -1;
  }
}
