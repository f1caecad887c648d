package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a sequence. One batch is read ahead, since an epoch ends where no other one
 * follows; an error in it waits until it is asked for.
 */
final class SequenceCursor implements Cursor {

  private final SequenceSource source;
  private final Batching batching;
  private final StagedRows staged;
  private @Nullable Iterator<Dataset> pieces;
  private @Nullable Dataset piece;
  private int row;
  private long pieceNumber;
  private BatchPosition position;
  private @Nullable RuntimeException failure;
  private boolean ready;

  SequenceCursor(SequenceSource source, Batching batching, BatchPosition from) {
    if (source.isOnce() && !from.equals(BatchPosition.START)) {
      throw new IllegalArgumentException(
          "the "
              + source.name()
              + " can be read once, from its beginning, and not from "
              + from
              + "; to resume, give an Iterable or a supplier of streams");
    }
    this.source = source;
    this.batching = batching;
    this.staged = new StagedRows(source.stored(), batching.size());
    this.position = from;
  }

  @Override
  public BatchPosition position() {
    return position;
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return OptionalInt.empty();
  }

  @Override
  public BatchBuffer newBuffer() {
    return new BatchBuffer(source);
  }

  @Override
  public Callable<Batch> next(BatchBuffer buffer) {
    if (!ready) {
      begin();
    }
    if (failure != null) {
      throw failure;
    }
    BatchPosition here = position;
    BatchArrays arrays = buffer.arrays(staged.rows());
    staged.copyTo(arrays.columns());
    stage();
    boolean more = failure != null || isBatch();
    position =
        more
            ? new BatchPosition(here.epoch(), here.batch() + 1)
            : BatchPosition.startOf(here.epoch() + 1);
    if (!more) {
      close();
    }
    long first = (long) here.batch() * batching.size();
    BatchPlaces places = index -> "row " + (first + index) + " of epoch " + here.epoch();
    return () -> {
      arrays.columns().forEach(column -> column.convert(source.name(), places));
      return arrays.filled(here, places);
    };
  }

  /** Opens the epoch and goes to the batch that comes next. */
  private void begin() {
    pieces = source.opening().open();
    pieceNumber = 0;
    ready = true;
    for (int batch = 0; batch <= position.batch(); batch++) {
      stage();
      if (failure == null && !isBatch()) {
        failure = ended(batch);
      }
      if (failure != null) {
        return;
      }
    }
  }

  private IllegalStateException ended(int batches) {
    return new IllegalStateException(
        "the "
            + source.name()
            + " gave "
            + batches
            + (batching.dropRemainder() ? " whole" : "")
            + " batches of "
            + batching.size()
            + " rows in epoch "
            + position.epoch()
            + ", and was to go on at batch "
            + position.batch()
            + "; it has to give the same rows each time");
  }

  private boolean isBatch() {
    return staged.rows() > 0 && (!batching.dropRemainder() || staged.rows() == batching.size());
  }

  private void stage() {
    staged.clear();
    try {
      while (staged.rows() < batching.size() && hasRow()) {
        row += staged.take(Objects.requireNonNull(piece), row);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private boolean hasRow() {
    Iterator<Dataset> open = Objects.requireNonNull(pieces);
    if (piece != null && row < piece.size()) {
      return true;
    }
    if (!open.hasNext()) {
      return false;
    }
    piece = open.next();
    row = 0;
    requireColumns(piece.columns());
    pieceNumber++;
    return true;
  }

  private void requireColumns(ImmutableList<Column> columns) {
    if (!columns.equals(source.stored())) {
      throw new IllegalArgumentException(
          "piece "
              + pieceNumber
              + " of the "
              + source.name()
              + " in epoch "
              + position.epoch()
              + " has "
              + columns
              + ", and the first one had "
              + source.stored()
              + "; give all pieces the same columns");
    }
  }

  /** Ends the epoch; another one is opened when it is asked for. */
  @Override
  public void close() {
    if (pieces != null) {
      ClosingIterator.close(pieces);
    }
    pieces = null;
    piece = null;
    ready = false;
  }
}
