package dev.tandem.core.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import com.google.common.collect.Maps;
import dev.tandem.core.tensor.Readable;
import dev.tandem.core.tensor.Shape;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.BytePointer;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Examples in memory: named inputs and named targets, all with one row per example along their
 * first axis, in the order in which they were added.
 *
 * <p>Arrays are held, not copied, unless their rows do not lie one behind the other in memory (then
 * they are copied once); they are not to be written to or closed while the data set is in use.
 * Parts of a data set share its memory. Any number of threads may read it.
 */
public final class Dataset implements RowSource {

  private final ImmutableMap<String, INDArray> inputs;
  private final ImmutableMap<String, INDArray> targets;
  private final ImmutableList<Column> columns;
  private final int size;

  private Dataset(ImmutableMap<String, INDArray> inputs, ImmutableMap<String, INDArray> targets) {
    this.inputs = inputs;
    this.targets = targets;
    this.columns = columns(inputs, targets);
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
  @Override
  public int size() {
    return size;
  }

  @Override
  public ImmutableList<Column> columns() {
    return columns;
  }

  /** The same arrays under other names; a view that converts if types change. */
  @Override
  public RowSource with(UnaryOperator<Column> change) {
    ImmutableList<Column> next = Columns.with(name(), columns, change);
    if (next.equals(columns)) {
      return this;
    }
    if (!next.stream().allMatch(Column::isPlain)) {
      return RowView.of(this).with(change);
    }
    Builder renamed = builder();
    for (int i = 0; i < next.size(); i++) {
      if (next.get(i).kind() == Column.Kind.INPUT) {
        renamed.input(next.get(i).name(), array(i));
      } else {
        renamed.target(next.get(i).name(), array(i));
      }
    }
    return renamed.build();
  }

  @Override
  public void read(int column, int row, ByteBuffer into) {
    INDArray array = array(column);
    Nd4j.getAffinityManager().ensureLocation(array, AffinityManager.Location.HOST);
    long bytes = columns.get(column).bytes();
    BytePointer memory = new BytePointer(array.data().addressPointer());
    into.put(memory.getPointer(row * bytes).capacity(bytes).asByteBuffer());
  }

  /** The array of a column. */
  INDArray array(int column) {
    return column < inputs.size()
        ? inputs.values().asList().get(column)
        : targets.values().asList().get(column - inputs.size());
  }

  private static ImmutableList<Column> columns(
      Map<String, INDArray> inputs, Map<String, INDArray> targets) {
    ImmutableList.Builder<Column> columns = ImmutableList.builder();
    inputs.forEach(
        (name, array) -> columns.add(Column.input(name, array.dataType(), sample(array))));
    targets.forEach(
        (name, array) -> columns.add(Column.target(name, array.dataType(), sample(array))));
    return columns.build();
  }

  private static Shape sample(INDArray array) {
    return Shape.of(array.shape()).sample();
  }

  @Override
  public Dataset slice(int from, int to) {
    RowView.requirePart(from, to, size);
    return new Dataset(rows(inputs, from, to), rows(targets, from, to));
  }

  /** The first rows, in the same memory. */
  @Override
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
    int first = splitAt(size, fraction);
    return new Split(slice(0, first), slice(first, size));
  }

  /**
   * Where a part of a number of rows ends.
   *
   * @param fraction as of {@link #split}
   * @throws IllegalArgumentException if the fraction is not in (0, 1) or a side is left without
   *     rows
   */
  public static int splitAt(int size, double fraction) {
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
    return first;
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
