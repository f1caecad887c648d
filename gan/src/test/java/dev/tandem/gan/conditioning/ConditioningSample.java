package dev.tandem.gan.conditioning;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A small pair of one kind of conditioning, with data for it; a new kind is a line in {@link #ALL}.
 *
 * @param pair of new networks, each time it is asked
 * @param data one set, or one of each domain
 */
record ConditioningSample(String name, Supplier<AdversarialPair> pair, List<Dataset> data) {

  private static final int CLASSES = 3;

  /** All samples: at least one of each kind. */
  static final List<ConditioningSample> ALL =
      List.of(
          new ConditioningSample(
              "none",
              () -> AdversarialPair.of(net("g", 2, 2), net("d", 2, 1), Latent.normal(2)),
              List.of(points().build())),
          new ConditioningSample(
              "packed",
              () -> AdversarialPair.packed(net("g", 2, 2), net("d", 4, 1), Latent.normal(2), 2),
              List.of(points().build())),
          new ConditioningSample(
              "classes",
              () -> AdversarialPair.conditional(told("g", 2), told("d", 1), normal(), CLASSES),
              List.of(points().target("label", labels()).build())),
          new ConditioningSample(
              "auxiliary classes",
              () -> AdversarialPair.auxiliary(told("g", 2), telling(), normal(), CLASSES),
              List.of(points().target("label", labels()).build())),
          new ConditioningSample(
              "codes",
              () -> AdversarialPair.coded(told("g", 2), telling(), normal(), CLASSES),
              List.of(points().build())),
          new ConditioningSample(
              "translation",
              () -> AdversarialPair.translating(net("g", 2, 2), net("d", 4, 1), 10),
              List.of(points().target("made", numbers(2)).build())),
          new ConditioningSample(
              "cycle",
              () ->
                  AdversarialPair.cyclic(
                      new Direction(net("forth", 2, 2), net("judge_forth", 2, 1)),
                      new Direction(net("back", 2, 2), net("judge_back", 2, 1)),
                      new Cycle(5, 2.5, 6)),
              List.of(points().build(), points().build())));

  private static Latent normal() {
    return Latent.normal(2);
  }

  private static Model net(String name, int from, int to) {
    return Model.sequential(
        name, Input.of(name + "_in", from), Dense.units(4), Dense.units(to).named(name + "_out"));
  }

  private static Model told(String name, int to) {
    Input x = Input.of("x", 2);
    Input label = ClassInputs.label("label");
    SymbolicTensor both = ClassInputs.concatenate(x, label, CLASSES);
    return Model.of(name, List.of(x, label), List.of(Dense.units(to).apply(both)));
  }

  private static Model telling() {
    Input x = Input.of("x", 2);
    SymbolicTensor hidden = Dense.units(4).apply(x);
    return Model.of(
        "d", List.of(x), List.of(Dense.units(1).apply(hidden), Dense.units(CLASSES).apply(hidden)));
  }

  private static INDArray numbers(long seed) {
    INDArray numbers = Nd4j.zeros(DataType.FLOAT, 24, 2);
    CounterRandom.of(seed).normal(numbers);
    return numbers;
  }

  private static Dataset.Builder points() {
    return Dataset.builder().input("point", numbers(1));
  }

  private static INDArray labels() {
    int[] labels = new int[24];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = i % CLASSES;
    }
    return Nd4j.createFromArray(labels);
  }

  @Override
  public String toString() {
    return name;
  }
}
