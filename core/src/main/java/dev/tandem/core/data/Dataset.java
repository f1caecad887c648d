package dev.tandem.core.data;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import dev.tandem.core.tensor.Readable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Examples in memory: named inputs and named targets, all with one row per example along their
 * first axis, in the order in which they were added.
 *
 * <p>Arrays are held, not copied, unless their rows do not lie one behind the other in memory (then
 * they are copied once); they are not to be written to or closed while the data set is in use.
 * Parts of a data set share its memory. Any number of threads may read it.
 */
public final class Dataset {

  private final ImmutableMap<String, INDArray> inputs;
  private final ImmutableMap<String, INDArray> targets;
  private final int size;

  private Dataset(ImmutableMap<String, INDArray> inputs, ImmutableMap<String, INDArray> targets) {
    this.inputs = inputs;
    this.targets = targets;
    this.size =
        Math.toIntExact(
            Iterables.concat(inputs.values(), targets.values()).iterator().next().size(0));
  }

  /** A data set without arrays yet. */
  public static Builder builder() {
    return new Builder();
  }

  /** The inputs by name, {@code (size, …)} each, of any element type. */
  public ImmutableMap<String, INDArray> inputs() {
    return inputs;
  }

  /** The targets by name, {@code (size, …)} each, of any element type. */
  public ImmutableMap<String, INDArray> targets() {
    return targets;
  }

  /**
   * The input of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public INDArray input(String name) {
    return NamedArrays.get(inputs, "input", name);
  }

  /**
   * The target of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public INDArray target(String name) {
    return NamedArrays.get(targets, "target", name);
  }

  /** The number of rows, at least 1. */
  public int size() {
    return size;
  }

  /**
   * The rows from one index to another.
   *
   * @param from the first row, from 0
   * @param to the row behind the last
   * @throws IllegalArgumentException if {@code 0 <= from < to <= size()} does not hold
   */
  public Dataset slice(int from, int to) {
    if (from < 0 || from >= to || to > size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "slice [%d, %d) is not a part of at least one row of [0, %d)",
              from,
              to,
              size));
    }
    return new Dataset(rows(inputs, from, to), rows(targets, from, to));
  }

  /**
   * The first rows.
   *
   * @param count how many, from 1 to {@link #size}
   * @throws IllegalArgumentException if the count is outside that
   */
  public Dataset take(int count) {
    if (count < 1 || count > size) {
      throw new IllegalArgumentException(
          "number of rows to take is not in [1, " + size + "]: " + count);
    }
    return slice(0, count);
  }

  /**
   * The first rows and the other rows.
   *
   * @param fraction what part of the rows comes first, rounded to a whole number of rows
   * @throws IllegalArgumentException if the fraction is not in (0, 1) or a side is left without
   *     rows
   */
  public Split split(double fraction) {
    if (!(fraction > 0 && fraction < 1)) {
      throw new IllegalArgumentException("split fraction is not in (0, 1): " + fraction);
    }
    int first = (int) Math.round(size * fraction);
    if (first == 0 || first == size) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "split fraction %s of %d rows gives %d and %d rows; both sides need at least one",
              fraction,
              size,
              first,
              size - first));
    }
    return new Split(slice(0, first), slice(first, size));
  }

  /**
   * The batches of one epoch.
   *
   * @param batching how rows become batches
   * @param epoch which epoch, from 0; it matters for shuffled batches only
   * @throws IllegalArgumentException if there would be no batch
   */
  public BatchIterator batches(Batching batching, int epoch) {
    return batches(batching, BatchPosition.startOf(epoch));
  }

  /**
   * The batches of one epoch, from a position in it to the end of the epoch.
   *
   * @param batching how rows become batches
   * @param from the batch to begin with
   * @throws IllegalArgumentException if there would be no batch, or no batch at the position
   */
  public BatchIterator batches(Batching batching, BatchPosition from) {
    return new DirectBatches(new RowBatchSource(this, batching), from, from.epoch() + 1);
  }

  /**
   * Batches without end: behind the last one of an epoch comes the first one of the next.
   *
   * @param batching how rows become batches
   * @param from the batch to begin with
   * @throws IllegalArgumentException if there would be no batch, or no batch at the position
   */
  public BatchIterator endlessBatches(Batching batching, BatchPosition from) {
    return new DirectBatches(new RowBatchSource(this, batching), from, Integer.MAX_VALUE);
  }

  /**
   * Looks whether the memory of all arrays is still theirs.
   *
   * @throws IllegalArgumentException if one was closed, or its workspace; names it
   */
  public void requireReadable() {
    requireReadable("input", inputs);
    requireReadable("target", targets);
  }

  private static void requireReadable(String kind, Map<String, INDArray> arrays) {
    arrays.forEach(
        (name, array) -> {
          if (!Readable.is(array)) {
            throw Readable.refusal(kind + " \"" + name + "\" of the data set", array);
          }
        });
  }

  private static ImmutableMap<String, INDArray> rows(
      ImmutableMap<String, INDArray> arrays, int from, int to) {
    return ImmutableMap.copyOf(
        Maps.transformValues(arrays, array -> array.get(NDArrayIndex.interval(from, to))));
  }

  /**
   * A data set cut in two.
   *
   * @param first the first rows
   * @param rest the rows behind them
   */
  public record Split(Dataset first, Dataset rest) {}

  /** Collects the arrays of a data set. */
  public static final class Builder {

    private final NamedArrays inputs = new NamedArrays("input");
    private final NamedArrays targets = new NamedArrays("target");

    private Builder() {}

    /**
     * Adds an input.
     *
     * @param name a name that no other input has; a target may have it
     * @param array {@code (rows, …)} of any numeric type
     * @throws IllegalArgumentException if the name is taken or the array has no rows
     */
    public Builder input(String name, INDArray array) {
      inputs.put(name, array);
      return this;
    }

    /**
     * Adds a target.
     *
     * @param name a name that no other target has; an input may have it
     * @param array {@code (rows, …)} of any numeric type
     * @throws IllegalArgumentException if the name is taken or the array has no rows
     */
    public Builder target(String name, INDArray array) {
      targets.put(name, array);
      return this;
    }

    /**
     * The data set.
     *
     * @throws IllegalArgumentException if the arrays differ in their numbers of rows
     * @throws IllegalStateException if there is no array
     */
    public Dataset build() {
      ImmutableMap<String, INDArray> in = inputs.build();
      ImmutableMap<String, INDArray> out = targets.build();
      if (in.isEmpty() && out.isEmpty()) {
        throw new IllegalStateException("a data set needs at least one array; call input first");
      }
      Set<Long> rows = new HashSet<>();
      Iterables.concat(in.values(), out.values()).forEach(array -> rows.add(array.size(0)));
      if (rows.size() > 1) {
        StringBuilder found = new StringBuilder();
        inputs.describe(found);
        targets.describe(found);
        throw new IllegalArgumentException(
            "arrays of a data set differ in their first sizes: "
                + found
                + "; every array needs one row per example");
      }
      return new Dataset(in, out);
    }
  }
}
