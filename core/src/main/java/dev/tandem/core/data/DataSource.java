package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Data on its way to steps, in memory or not: named columns, and batches of them. A batch is a
 * function of the source, the {@link Batching} with its seed, and the {@link BatchPosition}, and of
 * nothing else: not of what was read before, nor of how many threads read. So a resumed run sees
 * the batches that an uninterrupted one would.
 *
 * <p>There are three kinds. A {@link RowSource} has a number of rows, any of which can be read at
 * any time, as a {@link Dataset} in memory or pictures in a file; a {@link GeneratedSource} makes
 * batches without end by a seed; a {@link SequenceSource} gives what an iterator gives, in its
 * order.
 */
public sealed interface DataSource permits RowSource, GeneratedSource, SequenceSource {

  /** What it is called in messages, as in {@code data set}. */
  String name();

  /** The columns, at least one: inputs and targets, each with a name of its own among its kind. */
  ImmutableList<Column> columns();

  /**
   * The first input.
   *
   * @throws IllegalArgumentException if there is none
   */
  default Column firstInput() {
    return columns().stream()
        .filter(column -> column.kind() == Column.Kind.INPUT)
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the " + name() + " has no input: " + columns()));
  }

  /** The number of rows of an epoch; empty if it is not known before it was read. */
  OptionalInt rows();

  /** How many threads read ahead of a step, each a batch of its own; 1 unless set. */
  default int workers() {
    return 1;
  }

  /**
   * The same data read by more threads: for rows whose decoding takes longer than a step. Batches
   * stay the same.
   *
   * @param threads at least 1
   * @throws IllegalArgumentException if it is less
   */
  DataSource withWorkers(int threads);

  /**
   * The same data with columns named or converted otherwise.
   *
   * @param change what becomes of a column: itself, or {@link Column#named}, {@link Column#scaled},
   *     {@link Column#as}, {@link Column#cast} of it
   * @throws IllegalArgumentException if two of a kind have one name then, or what the source writes
   *     would have to be other numbers
   */
  DataSource with(UnaryOperator<Column> change);

  /**
   * The same data with one column changed: {@code data.with("image", c -> c.scaled(range))}.
   *
   * @param column the name of an input, or if there is none of a target
   * @param change what becomes of it
   * @throws IllegalArgumentException if there is no such column
   */
  DataSource with(String column, UnaryOperator<Column> change);

  /**
   * The first rows, in memory, with the types that batches have: to look at.
   *
   * @param count how many, at least 1
   * @throws IllegalArgumentException if there are fewer
   */
  default Dataset take(int count) {
    try (BatchIterator batches = batches(Batching.of(count), BatchPosition.START)) {
      Batch first = batches.next(); // into arrays of its own, which nothing writes again
      if (first.size() < count) {
        throw new IllegalArgumentException(
            "number of rows to take is not in [1, " + first.size() + "]: " + count);
      }
      Dataset.Builder taken = Dataset.builder();
      first.inputs().forEach(taken::input);
      first.targets().forEach(taken::target);
      return taken.build();
    }
  }

  /**
   * The batches of one epoch.
   *
   * @param batching how rows become batches
   * @param epoch which epoch, from 0
   * @throws IllegalArgumentException if there would be no batch
   */
  default BatchIterator batches(Batching batching, int epoch) {
    return batches(batching, BatchPosition.startOf(epoch));
  }

  /**
   * The batches of one epoch, from a position in it to the end of the epoch.
   *
   * @param batching how rows become batches
   * @param from the batch to begin with
   * @throws IllegalArgumentException if there would be no batch, or no batch at the position
   */
  default BatchIterator batches(Batching batching, BatchPosition from) {
    return batches(batching, from, from.epoch() + 1);
  }

  /**
   * Batches without end: behind the last one of an epoch comes the first one of the next.
   *
   * @param batching how rows become batches
   * @param from the batch to begin with
   * @throws IllegalArgumentException if there would be no batch, or no batch at the position
   */
  default BatchIterator endlessBatches(Batching batching, BatchPosition from) {
    return batches(batching, from, Integer.MAX_VALUE);
  }

  /**
   * The batches from a position to the start of an epoch.
   *
   * @param batching how rows become batches
   * @param from the batch to begin with
   * @param endEpoch the epoch that is not read any more
   * @throws IllegalArgumentException if there would be no batch, or no batch at the position
   */
  default BatchIterator batches(Batching batching, BatchPosition from, int endEpoch) {
    return new DirectBatches(Cursor.of(this, batching, from), endEpoch, workers());
  }
}
