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
 * @param deal which of the batches are read
 */
public record Batching(int size, OptionalLong shuffleSeed, boolean dropRemainder, Deal deal) {

  /**
   * The dealing of batches to several readers, such as workers that train together: of as many
   * batches as there are readers each gets one, and those at the end of an epoch that are not
   * enough for all are left out of it. Positions count all batches, so that a run goes on from one
   * with another number of readers.
   *
   * @param rank the number of the reader, counted from 0
   * @param count how many there are
   */
  public record Deal(int rank, int count) {

    /** All batches to one reader. */
    static final Deal ALL = new Deal(0, 1);

    /**
     * Checks that the reader is one of them.
     *
     * @throws IllegalArgumentException if it is not
     */
    public Deal {
      if (count < 1 || rank < 0 || rank >= count) {
        throw new IllegalArgumentException(
            "reader " + rank + " is none of " + count + "; they are counted from 0");
      }
    }
  }

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
    return new Batching(size, OptionalLong.empty(), false, Deal.ALL);
  }

  /** The same in an order that is new for every epoch and determined by (seed, epoch) alone. */
  public Batching shuffled(long seed) {
    return new Batching(size, OptionalLong.of(seed), dropRemainder, deal);
  }

  /** The same without the smaller batch at the end, so that all batches have one shape. */
  public Batching droppingRemainder() {
    return new Batching(size, shuffleSeed, true, deal);
  }

  /** The same for one of several readers, each of which gets other batches. */
  public Batching dealt(int rank, int count) {
    return new Batching(size, shuffleSeed, dropRemainder, new Deal(rank, count));
  }
}
