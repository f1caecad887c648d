package dev.tandem.core.data;

import com.google.common.util.concurrent.Uninterruptibles;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Fills batches on daemon threads ahead of their reader, each a batch of its own, into buffers that
 * go round: the reader has one, each thread fills one, and one more may wait. The reader gets
 * batches in their order, whatever the number of threads, and an exception of a thread when it asks
 * for the batch that failed. To be closed when it is not read to its end.
 */
public final class Prefetcher implements BatchIterator {

  /** Buffers besides those that threads fill: the reader's, and one that waits for it. */
  private static final int MORE_BUFFERS = 2;

  /** A batch, or why there is none. */
  private record Filled(
      BatchBuffer buffer,
      @Nullable Batch batch,
      BatchPosition after,
      @Nullable Throwable failure) {}

  /** A batch to be filled, the number-th of all. */
  private record Claim(
      long number, BatchBuffer buffer, Callable<Batch> filling, BatchPosition after) {}

  private final Cursor cursor;
  private final int endEpoch;
  private final List<Thread> threads = new ArrayList<>();

  private long claimed; // guarded by the cursor's lock

  // All that follows is guarded by this object's lock.
  private final Deque<BatchBuffer> empty = new ArrayDeque<>();
  private final Map<Long, Filled> filled = new HashMap<>();
  private @Nullable Filled lent;
  private BatchPosition position;
  private long read;
  private boolean failed;
  private boolean closed;

  private Prefetcher(Cursor cursor, int endEpoch, int workers) {
    this.cursor = cursor;
    this.endEpoch = endEpoch;
    this.position = cursor.position();
    for (int i = 0; i < buffers(workers); i++) {
      empty.add(cursor.newBuffer());
    }
    for (int i = 0; i < workers; i++) {
      Thread thread = new Thread(this::readAhead, "tandem-prefetch");
      thread.setDaemon(true);
      threads.add(thread);
    }
  }

  /** The number of batches that are in memory while threads read ahead. */
  public static int buffers(int workers) {
    return workers + MORE_BUFFERS;
  }

  /** Starts reading to the start of an epoch; the cursor is the threads' alone. */
  static Prefetcher start(Cursor cursor, int endEpoch, int workers) {
    Prefetcher prefetcher = new Prefetcher(cursor, endEpoch, workers);
    prefetcher.threads.forEach(Thread::start);
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
    while (!filled.containsKey(read) && !closed) {
      await();
    }
    if (closed) {
      throw DirectBatches.closedAt(position);
    }
    Filled next = Objects.requireNonNull(filled.get(read));
    if (next.batch() == null) {
      throw new IllegalStateException(
          "reading ahead failed at " + position + text(next.failure()), next.failure());
    }
    filled.remove(read);
    read++;
    lent = next;
    position = next.after();
    return next.batch();
  }

  private static String text(@Nullable Throwable failure) {
    return failure instanceof UnreadableRowException ? ": " + failure.getMessage() : "";
  }

  @Override
  public synchronized BatchPosition position() {
    return position;
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return cursor.batchesPerEpoch();
  }

  /** This iterator, which reads ahead already. */
  @Override
  public BatchIterator prefetched() {
    return this;
  }

  /** Stops the threads and returns when they have ended, so that the data may be freed. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    threads.forEach(Uninterruptibles::joinUninterruptibly);
    cursor.close();
  }

  private void readAhead() {
    try {
      for (Claim claim = claim(); claim != null; claim = claim()) {
        put(claim.number(), fill(claim));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Filled fill(Claim claim) {
    try {
      return new Filled(claim.buffer(), claim.filling().call(), claim.after(), null);
    } catch (Throwable e) {
      return new Filled(claim.buffer(), null, claim.after(), e);
    }
  }

  /** The next batch when there is a buffer for it, or null when there is no more to do. */
  private @Nullable Claim claim() throws InterruptedException {
    BatchBuffer buffer = takeEmpty();
    if (buffer == null) {
      return null;
    }
    synchronized (
        cursor) { // not this object's lock: a sequence reads now, and the reader may go on
      if (cursor.position().epoch() >= endEpoch) {
        return null;
      }
      long number = claimed++;
      try {
        Callable<Batch> filling = cursor.next(buffer);
        return new Claim(number, buffer, filling, cursor.position());
      } catch (Throwable e) {
        put(number, new Filled(buffer, null, cursor.position(), e));
        return null;
      }
    }
  }

  /** An empty buffer when there is one, or null when this is closed or has failed. */
  private synchronized @Nullable BatchBuffer takeEmpty() throws InterruptedException {
    while (empty.isEmpty() && !closed && !failed) {
      wait();
    }
    return closed || failed ? null : empty.remove();
  }

  private synchronized void put(long number, Filled batch) {
    filled.put(number, batch);
    failed |= batch.batch() == null;
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
