package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.Iterator;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The batches of a sequence. Of several readers each goes through all pieces, and copies the rows
 * of its own batches alone. One batch for each reader is read ahead, since an epoch ends where not
 * all get another one; an error in it waits until it is asked for.
 */
final class SequenceCursor implements Cursor {

  private final SequenceSource source;
  private final Batching batching;
  private final Batching.Deal deal;
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
    this.deal = batching.deal();
    this.staged = new StagedRows(source.stored(), batching.size());
    this.position = from;
    if (deal.count() > 1 && from.batch() > 0) {
      begin(); // what is left of the epoch may not be enough for all, and then the next one begins
    }
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
    BatchPosition here = new BatchPosition(position.epoch(), position.batch() + deal.rank());
    BatchArrays arrays = buffer.arrays(staged.rows());
    staged.copyTo(arrays.columns());
    boolean more = stageForEach() == deal.count() || failure != null;
    position =
        more
            ? new BatchPosition(position.epoch(), position.batch() + deal.count())
            : BatchPosition.startOf(position.epoch() + 1);
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

  /** Opens the epoch and goes to the batches that come next. */
  private void begin() {
    pieces = source.opening().open();
    piece = null;
    row = 0;
    pieceNumber = 0;
    ready = true;
    for (int batch = 0; batch < position.batch(); batch++) {
      if (!isBatch(skip())) {
        failure = failure == null ? ended(batch) : failure;
        return;
      }
    }
    int found = stageForEach();
    if (failure != null || found == deal.count()) {
      return;
    }
    if (found == 0) {
      failure = ended(position.batch());
    } else if (position.batch() == 0) {
      failure =
          new IllegalStateException(
              gave(found)
                  + ", not one for each of "
                  + deal.count()
                  + " readers; make batches smaller, or take fewer");
    } else {
      close();
      position = BatchPosition.startOf(position.epoch() + 1);
      begin();
    }
  }

  private IllegalStateException ended(int batches) {
    return new IllegalStateException(
        gave(batches)
            + ", and was to go on at batch "
            + position.batch()
            + "; it has to give the same rows each time");
  }

  private String gave(int batches) {
    return "the "
        + source.name()
        + " gave "
        + batches
        + (batching.dropRemainder() ? " whole" : "")
        + " batches of "
        + batching.size()
        + " rows in epoch "
        + position.epoch();
  }

  private boolean isBatch(int rows) {
    return failure == null && rows > 0 && (!batching.dropRemainder() || rows == batching.size());
  }

  /** Stages this reader's next batch, past those of the others; how many batches there were. */
  private int stageForEach() {
    staged.clear();
    for (int reader = 0; reader < deal.count(); reader++) {
      if (!isBatch(reader == deal.rank() ? stage() : skip())) {
        return reader;
      }
    }
    return deal.count();
  }

  private int stage() {
    try {
      while (staged.rows() < batching.size() && hasRow()) {
        row += staged.take(Objects.requireNonNull(piece), row);
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    return staged.rows();
  }

  /** Goes past a batch; how many rows it had. */
  private int skip() {
    int rows = 0;
    try {
      while (rows < batching.size() && hasRow()) {
        int some = Math.min(batching.size() - rows, Objects.requireNonNull(piece).size() - row);
        rows += some;
        row += some;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
    return rows;
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
