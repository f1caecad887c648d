package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import java.util.Arrays;
import java.util.Comparator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Places of elements in sorted rows, found from Java: the native op leaves the order of equal ones
 * open, and has none for NaN.
 */
final class SortedRows implements Kernel {

  private final INDArray rows;
  private final INDArray places;
  private final boolean descending;

  SortedRows(INDArray rows, INDArray places, boolean descending) {
    this.rows = rows;
    this.places = places;
    this.descending = descending;
  }

  @Override
  public void run() {
    int size = Math.toIntExact(rows.size(-1));
    int count = Math.toIntExact(places.size(-1));
    long all = rows.length() / size;
    for (long row = 0; row < all; row++) {
      long begin = row * size;
      long[] order = rows.dataType() == DataType.FLOAT ? floats(begin, size) : doubles(begin, size);
      for (int i = 0; i < count; i++) {
        places.data().put(row * count + i, order[i]);
      }
    }
  }

  /** By key and then by place, both in one number. */
  private long[] floats(long begin, int size) {
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      // without the sign of 0, with one NaN, above all numbers
      int bits = Float.floatToIntBits(rows.data().getFloat(begin + i) + 0f);
      int key = bits < 0 ? bits ^ Integer.MAX_VALUE : bits;
      keys[i] = (long) (descending ? ~key : key) << 32 | i;
    }
    Arrays.sort(keys);
    return Arrays.stream(keys).map(key -> key & 0xffffffffL).toArray();
  }

  private long[] doubles(long begin, int size) {
    Double[] values = new Double[size];
    Integer[] order = new Integer[size];
    for (int i = 0; i < size; i++) {
      values[i] = rows.data().getDouble(begin + i) + 0.0;
      order[i] = i;
    }
    Comparator<Integer> ascending = Comparator.comparing(place -> values[place]);
    Arrays.sort(order, descending ? ascending.reversed() : ascending);
    return Arrays.stream(order).mapToLong(place -> place).toArray();
  }
}
