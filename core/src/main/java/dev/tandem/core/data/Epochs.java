package dev.tandem.core.data;

import java.util.Locale;

/** The batches that epochs of a number of rows fall into. */
final class Epochs {

  private final int rows;
  private final Batching batching;
  private final int batches;

  Epochs(int rows, Batching batching) {
    if (batching.dropRemainder() && batching.size() > rows) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch size %d is greater than the %d rows of the data set, and the remainder is"
                  + " dropped: there would be no batch; keep the remainder or make batches smaller",
              batching.size(),
              rows));
    }
    this.rows = rows;
    this.batching = batching;
    this.batches = rows / batching.size() + (remainder() > 0 ? 1 : 0);
  }

  int batchesPerEpoch() {
    return batches;
  }

  /** The rows of the smaller batch at the end of an epoch, 0 if there is none. */
  int remainder() {
    return batching.dropRemainder() ? 0 : rows % batching.size();
  }

  /** The index of a batch's first row in the order of its epoch. */
  int firstRow(BatchPosition position) {
    return position.batch() * batching.size();
  }

  /** The number of rows of a batch. */
  int size(BatchPosition position) {
    return Math.min(batching.size(), rows - firstRow(position));
  }

  BatchPosition after(BatchPosition position) {
    return position.batch() + 1 < batches
        ? new BatchPosition(position.epoch(), position.batch() + 1)
        : BatchPosition.startOf(position.epoch() + 1);
  }

  void check(BatchPosition position) {
    if (position.batch() >= batches) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch %d is not in [0, %d), the batches that %d rows give in batches of %d; does the"
                  + " position belong to other data or another batch size?",
              position.batch(),
              batches,
              rows,
              batching.size()));
    }
  }
}
