package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.BatchIterator;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Batching;
import dev.tandem.core.data.Column;
import dev.tandem.core.data.DataDigest;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.RowSource;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.FiniteChecks;
import dev.tandem.core.worker.Agreement;
import dev.tandem.gan.conditioning.DataColumn;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The columns of the data that a pair is trained on.
 *
 * @param sets as they were given: one, or with a cycle one of each domain
 * @param fed the same in the types that steps take
 * @param columns what the steps take of each set
 */
record RealData(
    ImmutableList<DataSource> sets,
    ImmutableList<DataSource> fed,
    ImmutableList<ImmutableList<Taken>> columns) {

  /**
   * A column that is taken.
   *
   * @param kind of column
   * @param name of the column in the data
   */
  record Taken(DataColumn kind, String name) {

    INDArray of(Batch batch) {
      return kind.isTarget() ? batch.target(name) : batch.input(name);
    }

    INDArray of(Dataset data) {
      return kind.isTarget() ? data.target(name) : data.input(name);
    }

    String label() {
      return (kind.isTarget() ? "target" : "input") + " \"" + name + "\"";
    }
  }

  /**
   * Finds the columns that the pair's conditioning asks for, and looks at what lies in memory.
   *
   * @throws IllegalArgumentException if there is not one of each, or what they hold has no meaning;
   *     names those there are
   */
  static RealData of(AdversarialPair pair, ImmutableList<DataSource> sets) {
    ImmutableList<ImmutableList<DataColumn>> wanted = pair.conditioning().columns(pair.networks());
    if (sets.size() != wanted.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a pair with %s learns from %d data sets, got %d; call %s",
              pair.conditioning(),
              wanted.size(),
              sets.size(),
              wanted.size() == 1 ? "start(data)" : "start(first, second), one of each domain"));
    }
    ImmutableList.Builder<DataSource> fed = ImmutableList.builder();
    ImmutableList.Builder<ImmutableList<Taken>> columns = ImmutableList.builder();
    for (int i = 0; i < sets.size(); i++) {
      DataSource set = sets.get(i);
      if (set instanceof Dataset inMemory) {
        inMemory.requireReadable();
      }
      DataSource typed = set;
      ImmutableList.Builder<Taken> taken = ImmutableList.builder();
      for (DataColumn kind : wanted.get(i)) {
        Column found = kind.find(set);
        taken.add(new Taken(kind, found.name()));
        typed =
            typed.with(
                column ->
                    column.equals(found) && found.dtype() != kind.spec().dtype()
                        ? column.as(kind.spec().dtype())
                        : column);
      }
      fed.add(typed);
      columns.add(taken.build());
    }
    RealData data = new RealData(sets, fed.build(), columns.build());
    data.requireMeaning();
    return data;
  }

  private void requireMeaning() {
    for (int i = 0; i < sets.size(); i++) {
      if (sets.get(i) instanceof Dataset inMemory) {
        for (Taken column : columns.get(i)) {
          String what = column.label() + " of the data set";
          column.kind().check(what, column.of(inMemory), null);
        }
      }
    }
  }

  /**
   * Looks whether all workers of a recipe deal batches of the same rows.
   *
   * @throws dev.tandem.core.worker.WorkerException if not; names the worker and what differs
   */
  void requireSameForAll(AdversarialTraining recipe) {
    if (recipe.workers().count() == 1) {
      return;
    }
    List<String> lines = new ArrayList<>();
    lines.add("batches of " + recipe.batch());
    lines.add("the schedule " + recipe.schedule());
    lines.add("an average of the generator: " + recipe.average().isPresent());
    for (int i = 0; i < sets.size(); i++) {
      String what = sets.size() == 1 ? "data" : "data of domain " + (i + 1);
      lines.addAll(DataDigest.lines(what, sets.get(i)));
    }
    Agreement.require(recipe.workers(), "a training of " + recipe.pair().generator(), lines);
  }

  /**
   * Looks for NaN and infinity in what lies in memory, once and for all rounds.
   *
   * @throws IllegalArgumentException if there is one; names its row
   */
  void requireFinite() {
    for (int i = 0; i < sets.size() && FiniteChecks.ofExamples(); i++) {
      if (sets.get(i) instanceof Dataset inMemory) {
        columns.get(i).forEach(column -> requireFinite(column, column.of(inMemory), null));
      }
    }
  }

  /**
   * Looks at a batch of data that does not lie in memory.
   *
   * @throws IllegalArgumentException if it holds NaN, infinity or what has no meaning; names the
   *     row
   */
  void check(int set, Batch batch) {
    if (sets.get(set) instanceof Dataset) {
      return;
    }
    for (Taken column : columns.get(set)) {
      INDArray rows = column.of(batch);
      if (FiniteChecks.ofExamples()) {
        requireFinite(column, rows, batch::place);
      }
      column.kind().check(column.label() + " of the " + sets.get(set).name(), rows, batch::place);
    }
  }

  private static void requireFinite(
      Taken column, INDArray array, @Nullable IntFunction<String> origins) {
    OptionalLong found = FiniteProbe.of(array).firstOther();
    if (found.isPresent()) {
      int row = (int) (found.getAsLong() / (array.length() / array.size(0)));
      throw new IllegalArgumentException(
          "the data's "
              + column.label()
              + " "
              + Shape.of(array.shape())
              + " holds NaN or infinity in "
              + (origins == null ? "row " + row : origins.apply(row))
              + "; clean that sample or leave it out");
    }
  }

  /** Random rows of the column that a step input takes, by a seed: a new array (count, …). */
  INDArray sampled(String input, int count, long seed) {
    int set = set(input);
    Taken column = column(input);
    DataSource data = fed.get(set);
    if (data instanceof RowSource rows) {
      CounterRandom random = CounterRandom.of(seed);
      int[] numbers =
          IntStream.range(0, count).map(i -> (int) (random.uniform(i) * rows.size())).toArray();
      return column.of(rows.rows(numbers));
    }
    try (BatchIterator batches =
        data.batches(Batching.of(count).shuffled(seed), BatchPosition.START)) {
      return column.of(batches.next()).dup();
    }
  }

  /** The first rows of the column that a step input takes, at most so many: (n, …). */
  INDArray first(String input, int most) {
    DataSource data = fed.get(set(input));
    if (data instanceof Dataset inMemory) {
      INDArray all = column(input).of(inMemory);
      return all.get(NDArrayIndex.interval(0, Math.min(most, all.size(0))));
    }
    if (data instanceof RowSource rows) {
      return column(input).of(rows.take(Math.min(most, rows.size())));
    }
    try (BatchIterator batches = data.batches(Batching.of(most), BatchPosition.START)) {
      return column(input).of(batches.next()).dup();
    }
  }

  /** The name of the column that a step input takes. */
  String nameOf(String input) {
    return column(input).name();
  }

  /** The column that a step input takes, as batches have it. */
  Column columnOf(String input) {
    Taken taken = column(input);
    Column.Kind kind = taken.kind().isTarget() ? Column.Kind.TARGET : Column.Kind.INPUT;
    return fed.get(set(input)).columns().stream()
        .filter(column -> column.kind() == kind && column.name().equals(taken.name()))
        .findFirst()
        .orElseThrow();
  }

  private int set(String input) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).stream().anyMatch(column -> column.kind().input().equals(input))) {
        return i;
      }
    }
    throw new IllegalArgumentException("no step takes \"" + input + "\" of the data");
  }

  private Taken column(String input) {
    return columns.get(set(input)).stream()
        .filter(column -> column.kind().input().equals(input))
        .findFirst()
        .orElseThrow();
  }
}
