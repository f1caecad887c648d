package dev.tandem.core.data;

import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** The batches of a generated source. */
final class GeneratedCursor implements Cursor {

  private final GeneratedSource source;
  private final int size;
  private final long seed;
  private BatchPosition position;

  GeneratedCursor(GeneratedSource source, Batching batching, BatchPosition from) {
    if (from.batch() >= source.batchesPerEpoch()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "batch %d is not in [0, %d), the batches of an epoch of %s; does the position belong"
                  + " to epochs of another length?",
              from.batch(),
              source.batchesPerEpoch(),
              source.name()));
    }
    this.source = source;
    this.size = batching.size();
    this.seed = batching.shuffleSeed().orElse(0);
    this.position = from;
  }

  @Override
  public BatchPosition position() {
    return position;
  }

  @Override
  public OptionalInt batchesPerEpoch() {
    return OptionalInt.of(source.batchesPerEpoch());
  }

  @Override
  public BatchBuffer newBuffer() {
    return new BatchBuffer(source);
  }

  @Override
  public Callable<Batch> next(BatchBuffer buffer) {
    BatchPosition here = position;
    position =
        here.batch() + 1 < source.batchesPerEpoch()
            ? new BatchPosition(here.epoch(), here.batch() + 1)
            : BatchPosition.startOf(here.epoch() + 1);
    long step = (long) here.epoch() * source.batchesPerEpoch() + here.batch();
    return () -> {
      BatchArrays arrays = buffer.arrays(size);
      source.fill(seed, step, arrays.columns().stream().map(ColumnArray::stored).toList());
      arrays
          .columns()
          .forEach(column -> column.convert(source.name(), index -> place(step, index)));
      return arrays.filled(here, index -> place(step, index));
    };
  }

  private static String place(long step, int index) {
    return "row " + index + " of step " + step;
  }
}
