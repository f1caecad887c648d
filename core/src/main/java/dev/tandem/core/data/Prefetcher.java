package dev.tandem.core.data;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Copies batches on a daemon thread ahead of their reader, into three buffers that go round: the
 * reader has one, up to two are filled. An exception of the thread reaches the reader when it asks
 * for the batch that failed. To be closed when it is not read to its end.
 */
public final class Prefetcher implements BatchIterator {

  private static final int BUFFERS = 3;

  private record Filled(BatchBuffer buffer, Batch batch) {}

  private final BatchSource source;
  private final int endEpoch;
  private final Thread thread;

  // All that follows is guarded by this object's lock.
  private final Deque<BatchBuffer> empty = new ArrayDeque<>(BUFFERS);
  private final Deque<Filled> filled = new ArrayDeque<>(BUFFERS);
  private @Nullable Filled lent;
  private BatchPosition position;
  private @Nullable Throwable failure;
  private boolean closed;

  private Prefetcher(BatchSource source, BatchPosition from, int endEpoch) {
    this.source = source;
    this.endEpoch = endEpoch;
    this.position = from;
    for (int i = 0; i < BUFFERS; i++) {
      empty.add(source.newBuffer());
    }
    this.thread = new Thread(() -> readAhead(from), "tandem-prefetch");
    thread.setDaemon(true);
  }

  /** Starts reading from a position to the start of an epoch; the source is the thread's alone. */
  static Prefetcher start(BatchSource source, BatchPosition from, int endEpoch) {
    Prefetcher prefetcher = new Prefetcher(source, from, endEpoch);
    prefetcher.thread.start();
    return prefetcher;
  }

  @Override
  public synchronized boolean hasNext() {
    return position.epoch() < endEpoch;
  }

  @Override
  public synchronized Batch next() {
    if (!hasNext()) {
      throw new NoSuchElementException("the epoch ends before " + position);
    }
    if (lent != null) {
      empty.add(lent.buffer());
      lent = null;
      notifyAll();
    }
    while (filled.isEmpty() && failure == null && !closed) {
      await();
    }
    if (closed) {
      throw DirectBatches.closedAt(position);
    }
    if (filled.isEmpty()) {
      throw new IllegalStateException("reading ahead failed at " + position, failure);
    }
    lent = filled.remove();
    position = source.epochs().after(position);
    return lent.batch();
  }

  @Override
  public synchronized BatchPosition position() {
    return position;
  }

  @Override
  public int batchesPerEpoch() {
    return source.epochs().batchesPerEpoch();
  }

  /** This iterator, which reads ahead already. */
  @Override
  public BatchIterator prefetched() {
    return this;
  }

  /** Stops the thread and returns when it has ended, so that the data may be freed. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    Uninterruptibles.joinUninterruptibly(thread);
  }

  private void readAhead(BatchPosition from) {
    try {
      BatchPosition at = from;
      while (at.epoch() < endEpoch) {
        BatchBuffer buffer = takeEmpty();
        if (buffer == null) {
          return;
        }
        Batch batch = source.fill(buffer, at);
        put(new Filled(buffer, batch));
        at = source.epochs().after(at);
      }
    } catch (Throwable e) {
      fail(e);
    }
  }

  /** An empty buffer when there is one, or null when this is closed. */
  private synchronized @Nullable BatchBuffer takeEmpty() throws InterruptedException {
    while (empty.isEmpty() && !closed) {
      wait();
    }
    return closed ? null : empty.remove();
  }

  private synchronized void put(Filled batch) {
    filled.add(batch);
    notifyAll();
  }

  private synchronized void fail(Throwable e) {
    failure = e;
    notifyAll();
  }

  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's
  private void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + position, e);
    }
  }
}
