package dev.tandem.core.data;

import java.util.OptionalLong;

/**
 * How rows become batches. By default rows keep their order, and the last batch of an epoch may be
 * smaller than the others.
 *
 * @param size the rows of a batch, at least 1
 * @param shuffleSeed what the order of every epoch follows from; empty to keep the order of the
 *     rows
 * @param dropRemainder whether rows that do not fill a batch are left out of the epoch
 */
public record Batching(int size, OptionalLong shuffleSeed, boolean dropRemainder) {

  /**
   * Checks the batch size.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public Batching {
    if (size < 1) {
      throw new IllegalArgumentException("batch size is not at least 1: " + size);
    }
  }

  /** Batches of a size, in the order of the rows, the remainder kept. */
  public static Batching of(int size) {
    return new Batching(size, OptionalLong.empty(), false);
  }

  /** The same in an order that is new for every epoch and determined by (seed, epoch) alone. */
  public Batching shuffled(long seed) {
    return new Batching(size, OptionalLong.of(seed), dropRemainder);
  }

  /** The same without the smaller batch at the end, so that all batches have one shape. */
  public Batching droppingRemainder() {
    return new Batching(size, shuffleSeed, true);
  }
}
