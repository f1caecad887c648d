package dev.tandem.core.data;

import java.util.NoSuchElementException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Fills a batch when it is asked for, always into the same memory. */
final class DirectBatches implements BatchIterator {

  private final Cursor cursor;
  private final int endEpoch;
  private final int workers;
  private @Nullable BatchBuffer buffer;
  private BatchPosition position;
  private boolean closed;

  /** The batches from a cursor's position to the start of an epoch. */
  DirectBatches(Cursor cursor, int endEpoch, int workers) {
    this.cursor = cursor;
    this.endEpoch = endEpoch;
    this.workers = workers;
    this.position = cursor.position();
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
      buffer = cursor.newBuffer();
    }
    try {
      Batch batch = cursor.next(buffer).call();
      position = cursor.position();
      return batch;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("reading failed at " + position, e);
    }
  }

  @Override
  public BatchPosition position() {
    return position;
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return cursor.batchesPerEpoch();
  }

  @Override
  public BatchIterator prefetched() {
    requireOpen();
    closed = true;
    return Prefetcher.start(cursor, endEpoch, workers);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      cursor.close();
    }
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
