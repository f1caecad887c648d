package dev.tandem.core.data;

import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The batches of rows: each from the order of its epoch. */
final class RowCursor implements Cursor {

  private final RowSource source;
  private final Batching batching;
  private final Epochs epochs;
  private BatchPosition position;
  private int[] order = {};
  private @Nullable BalancedOrder balanced;
  private int orderedEpoch = -1;

  RowCursor(RowSource source, Batching batching, BatchPosition from) {
    if (source instanceof Dataset data) {
      data.requireReadable();
    }
    this.source = source;
    this.batching = batching;
    this.epochs = new Epochs(source.size(), batching);
    epochs.check(from);
    this.position = from;
  }

  @Override
  public BatchPosition position() {
    return position;
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return OptionalInt.of(epochs.batchesPerEpoch());
  }

  @Override
  public BatchBuffer newBuffer() {
    return new BatchBuffer(source, batching.shuffleSeed().orElse(0));
  }

  @Override
  public Callable<Batch> next(BatchBuffer buffer) {
    if (position.epoch() != orderedEpoch) {
      order =
          order(position.epoch()); // a new one: batches of the epoch before may be in the making
      orderedEpoch = position.epoch();
    }
    BatchPosition here = position;
    int[] rows = order;
    position = epochs.after(here);
    return () -> buffer.fill(rows, epochs.firstRow(here), epochs.size(here), here);
  }

  private int[] order(int epoch) {
    if (batching.shuffleSeed().isEmpty() && orderedEpoch >= 0) {
      return order;
    }
    if (batching.shuffleSeed().isPresent()
        && source instanceof RowView view
        && view.by().isPresent()) {
      if (balanced == null) {
        balanced = new BalancedOrder(source, view.by().getAsInt());
      }
      return balanced.of(batching.shuffleSeed().getAsLong(), epoch);
    }
    int[] rows = new int[source.size()];
    RowOrder.identity(rows);
    batching.shuffleSeed().ifPresent(seed -> RowOrder.shuffle(rows, seed, epoch));
    return rows;
  }
}
