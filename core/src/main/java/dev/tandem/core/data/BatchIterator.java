package dev.tandem.core.data;

import java.util.Iterator;
import java.util.OptionalInt;

/**
 * The batches of a {@link DataSource}, one after the other; for one thread. A batch's arrays are
 * valid until the next one is asked for, since they are filled again.
 */
public sealed interface BatchIterator extends Iterator<Batch>, AutoCloseable
    permits DirectBatches, Prefetcher {

  /**
   * The next batch, in arrays that may have held an earlier one.
   *
   * @throws java.util.NoSuchElementException if there is none
   * @throws IllegalStateException if this iterator was closed, or reading ahead failed
   */
  @Override
  Batch next();

  /**
   * Where the next batch stands, which is the start of the next epoch behind the last batch of one.
   * {@link DataSource#batches(Batching, BatchPosition)} goes on from there.
   */
  BatchPosition position();

  /**
   * The number of batches from the start of an epoch to its end; empty if it is not known before an
   * epoch was read.
   */
  OptionalInt batchesPerEpoch();

  /**
   * The same batches from here on, read by threads of their own ahead of the reader, as many as the
   * source has {@linkplain DataSource#workers workers}. This iterator is closed by the call.
   */
  BatchIterator prefetched();

  /** Ends reading and stops the threads that read ahead, if there are some. May be called again. */
  @Override
  void close();
}
