package dev.tandem.core.data;

import java.util.OptionalInt;
import java.util.concurrent.Callable;

/**
 * A place in the batches of a source. {@link #next} moves on and is called by one thread at a time;
 * what it returns may be called by any, so that several batches are filled at once.
 */
interface Cursor extends AutoCloseable {

  /** The cursor of a source at a position. */
  static Cursor of(DataSource source, Batching batching, BatchPosition from) {
    if (source instanceof SequenceSource sequence) {
      return new SequenceCursor(sequence, batching, from); // deals by itself
    }
    Cursor all =
        source instanceof RowSource rows
            ? new RowCursor(rows, batching, from)
            : new GeneratedCursor((GeneratedSource) source, batching, from);
    return batching.deal().count() == 1 ? all : DealtCursor.of(source, all, batching.deal());
  }

  /** The position of the next batch. */
  BatchPosition position();

  /** The number of batches of an epoch, if it is known. */
  OptionalInt batchesPerEpoch();

  /** New memory for a batch. */
  BatchBuffer newBuffer();

  /** Moves on behind the next batch, and gives what fills it into a buffer. */
  Callable<Batch> next(BatchBuffer buffer) throws Exception;

  /** Gives back what the source has opened. */
  @Override
  default void close() {}
}
