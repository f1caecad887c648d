package dev.tandem.core.data;

import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Copies a batch when it is asked for, always into the same memory. */
final class DirectBatches implements BatchIterator {

  private final BatchSource source;
  private final int endEpoch;
  private BatchPosition position;
  private @Nullable BatchBuffer buffer;
  private boolean closed;

  /** The batches from a position to the start of an epoch. */
  DirectBatches(BatchSource source, BatchPosition from, int endEpoch) {
    source.epochs().check(from);
    this.source = source;
    this.endEpoch = endEpoch;
    this.position = from;
  }

  @Override
  public boolean hasNext() {
    return position.epoch() < endEpoch;
  }

  @Override
  public Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch ends before " + position);
    }
    requireOpen();
    if (buffer == null) {
      buffer = source.newBuffer();
    }
    Batch batch = source.fill(buffer, position);
    position = source.epochs().after(position);
    return batch;
  }

  @Override
  public BatchPosition position() {
    return position;
  }

  @Override
  public int batchesPerEpoch() {
    return source.epochs().batchesPerEpoch();
  }

  @Override
  public BatchIterator prefetched() {
    requireOpen();
    closed = true;
    return Prefetcher.start(source, position, endEpoch);
  }

  @Override
  public void close() {
    closed = true;
  }

  private void requireOpen() {
    if (closed) {
      throw closedAt(position);
    }
  }

  /** What reading on after the end of an iterator's life gives. */
  static IllegalStateException closedAt(BatchPosition position) {
    return new IllegalStateException(
        "batches are closed at " + position + "; ask the data set for new ones from there");
  }
}
