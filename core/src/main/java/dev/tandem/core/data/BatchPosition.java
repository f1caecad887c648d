package dev.tandem.core.data;

/**
 * Where a reader of batches stands: at the batch that comes next. With the data and the {@link
 * Batching}, it is all that a resumed run needs to see the batches that an uninterrupted one would.
 *
 * @param epoch how many times all rows have been read, from 0
 * @param batch the index of the batch in the epoch, from 0
 */
public record BatchPosition(int epoch, int batch) {

  /** The first batch of the first epoch. */
  public static final BatchPosition START = new BatchPosition(0, 0);

  /**
   * Checks that neither number is negative.
   *
   * @throws IllegalArgumentException if one is
   */
  public BatchPosition {
    if (epoch < 0 || batch < 0) {
      throw new IllegalArgumentException(
          "batch position has a negative number: epoch " + epoch + ", batch " + batch);
    }
  }

  /** The first batch of an epoch. */
  public static BatchPosition startOf(int epoch) {
    return new BatchPosition(epoch, 0);
  }

  /** As in {@code epoch 3, batch 12}. */
  @Override
  public String toString() {
    return "epoch " + epoch + ", batch " + batch;
  }
}
