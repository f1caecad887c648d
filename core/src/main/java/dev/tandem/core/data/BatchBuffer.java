package dev.tandem.core.data;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Memory for one batch, in each of the sizes that occur, such as the full one and the remainder's.
 */
final class BatchBuffer {

  /** Sizes that are kept; of others the one used longest ago makes room. */
  private static final int SIZES = 4;

  private final DataSource source;
  private final long seed;
  private final Map<Integer, BatchArrays> bySize =
      new LinkedHashMap<>(SIZES, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, BatchArrays> eldest) {
          return size() > SIZES;
        }
      };

  BatchBuffer(DataSource source) {
    this(source, 0);
  }

  /**
   * Memory for batches of a source.
   *
   * @param seed of what is drawn for each reading of a row
   */
  BatchBuffer(DataSource source, long seed) {
    this.source = source;
    this.seed = seed;
  }

  /** The arrays of a number of rows. */
  BatchArrays arrays(int size) {
    return bySize.computeIfAbsent(size, rows -> new BatchArrays(source, rows));
  }

  /** Reads rows {@code order[first]} to {@code order[first + size - 1]}. */
  Batch fill(int[] order, int first, int size, BatchPosition position) {
    return arrays(size).fill(order, first, position, RowOrder.draws(seed, position.epoch()));
  }
}
