package dev.tandem.core.data;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Memory for one batch, in each of the sizes that occur: the full one and the remainder's. */
final class BatchBuffer {

  private final Map<Integer, BatchArrays> bySize = new HashMap<>();

  BatchBuffer(Dataset data, int size, int remainder) {
    for (int rows : new int[] {size, remainder}) {
      if (rows > 0 && rows <= data.size()) {
        bySize.put(rows, new BatchArrays(data, rows));
      }
    }
  }

  /** Copies rows {@code order[first]} to {@code order[first + size - 1]}. */
  Batch fill(int[] order, int first, int size, BatchPosition position) {
    return Objects.requireNonNull(bySize.get(size)).fill(order, first, position);
  }
}
