package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.data.Batch;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.train.FiniteChecks;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Conditioning;
import dev.tandem.gan.pair.Direction;
import dev.tandem.gan.step.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Which arrays of the data sets a pair is trained on.
 *
 * @param sets one, or with a cycle one of each domain
 * @param columns what the steps take of each set
 */
record RealData(ImmutableList<Dataset> sets, ImmutableList<ImmutableList<Column>> columns) {

  /**
   * An array of a data set.
   *
   * @param step what the steps call it
   * @param name what the data set calls it
   * @param isTarget whether it is a target there, not an input
   */
  record Column(String step, String name, boolean isTarget) {

    INDArray of(Batch batch) {
      INDArray array = isTarget ? batch.target(name) : batch.input(name);
      return step.equals(Steps.LABEL) ? Labels.asInts(array) : array;
    }

    INDArray of(Dataset data) {
      return isTarget ? data.target(name) : data.input(name);
    }
  }

  /**
   * Finds them by shape and type.
   *
   * @throws IllegalArgumentException if there is not one of each; names those there are
   */
  static RealData of(AdversarialPair pair, ImmutableList<Dataset> sets) {
    ImmutableList<Direction> directions = pair.directions();
    if (sets.size() != directions.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a pair with %s learns from %d data sets, got %d; call %s",
              pair.conditioning(),
              directions.size(),
              sets.size(),
              directions.size() == 1 ? "start(data)" : "start(first, second), one of each domain"));
    }
    sets.forEach(Dataset::requireReadable);
    ImmutableList.Builder<ImmutableList<Column>> columns = ImmutableList.builder();
    for (int i = 0; i < sets.size(); i++) {
      columns.add(
          directions.size() == 1
              ? of(pair, sets.get(0))
              : ImmutableList.of(samples(directions.get(i), sets.get(i), i)));
    }
    return new RealData(sets, columns.build());
  }

  private static ImmutableList<Column> of(AdversarialPair pair, Dataset data) {
    if (pair.conditioning() instanceof Conditioning.Translation) {
      return translation(pair.directions().get(0), data);
    }
    List<Column> columns = new ArrayList<>();
    columns.add(
        new Column(
            Steps.realName(0),
            only(
                data.inputs(),
                pair.sample(),
                "inputs",
                "the samples of " + pair.generator(),
                "it needs one"),
            false));
    if (pair.conditioning().needsLabels()) {
      columns.add(new Column(Steps.LABEL, labels(pair, data), true));
    }
    return ImmutableList.copyOf(columns);
  }

  /** An input is translated to a target. */
  private static ImmutableList<Column> translation(Direction nets, Dataset data) {
    String how = "add sources as an input and their samples as a target, one of each";
    String source =
        only(data.inputs(), nets.from(), "inputs", "the sources of " + nets.generator(), how);
    String sample =
        only(data.targets(), nets.to(), "targets", "the samples of " + nets.generator(), how);
    return ImmutableList.of(
        new Column(Steps.realName(0), sample, true), new Column(Steps.SOURCE, source, false));
  }

  /** A domain is what a direction starts from. */
  private static Column samples(Direction nets, Dataset data, int index) {
    String what = "what " + nets.generator() + " translates";
    return new Column(
        Steps.realName(index),
        only(data.inputs(), nets.from(), "inputs", what, "it needs one"),
        false);
  }

  private static String only(
      Map<String, INDArray> arrays, TensorSpec spec, String kind, String what, String need) {
    List<String> fitting = names(arrays, spec.shape().sample(), spec.dtype());
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "the data set has "
              + fitting.size()
              + " "
              + kind
              + " like "
              + what
              + ", "
              + spec
              + "; it has "
              + described(arrays)
              + "; "
              + need);
    }
    return fitting.get(0);
  }

  private static String labels(AdversarialPair pair, Dataset data) {
    List<String> fitting = names(data.targets(), Shape.scalar(), DataType.INT32);
    if (fitting.isEmpty()) {
      fitting = names(data.targets(), Shape.scalar(), Labels::areIntegers);
    }
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "a pair with "
              + pair.conditioning()
              + " needs a label of each sample, and the data set has "
              + fitting.size()
              + " targets (size) of integers; its targets are "
              + described(data.targets())
              + "; add one by Dataset.builder().target(\"label\", labels)");
    }
    String name = fitting.get(0);
    Labels.require(pair, "target \"" + name + "\" of the data set", data.target(name));
    return name;
  }

  /**
   * Looks for NaN and infinity, once and for all rounds.
   *
   * @throws IllegalArgumentException if there is one; names its row
   */
  void requireFinite() {
    for (int i = 0; i < sets.size() && FiniteChecks.ofExamples(); i++) {
      for (Column column : columns.get(i)) {
        INDArray array = column.of(sets.get(i));
        OptionalLong found = FiniteProbe.of(array).firstOther();
        if (found.isPresent()) {
          long row = found.getAsLong() / (array.length() / array.size(0));
          throw new IllegalArgumentException(
              "the data's "
                  + (column.isTarget() ? "target" : "input")
                  + " \""
                  + column.name()
                  + "\" "
                  + Shape.of(array.shape())
                  + " holds NaN or infinity in row "
                  + row
                  + "; clean that sample or leave it out");
        }
      }
    }
  }

  /** The real samples like those that the generator makes, with a cycle the first one: (n, …). */
  INDArray samples() {
    int last = sets.size() - 1;
    return columns.get(last).get(0).of(sets.get(last));
  }

  /** What the generator starts from, where it starts from samples of the data: (n, …). */
  INDArray sources() {
    ImmutableList<Column> first = columns.get(0);
    return first.get(first.size() - 1).of(sets.get(0));
  }

  private static List<String> names(Map<String, INDArray> arrays, Shape sample, DataType dtype) {
    return names(arrays, sample, dtype::equals);
  }

  private static List<String> names(
      Map<String, INDArray> arrays, Shape sample, Predicate<DataType> types) {
    return arrays.entrySet().stream()
        .filter(
            entry ->
                types.test(entry.getValue().dataType())
                    && Shape.of(entry.getValue().shape()).sample().equals(sample))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static List<String> described(Map<String, INDArray> arrays) {
    return arrays.entrySet().stream()
        .map(
            entry ->
                "\""
                    + entry.getKey()
                    + "\" "
                    + entry.getValue().dataType()
                    + " "
                    + Shape.of(entry.getValue().shape()))
        .toList();
  }
}
