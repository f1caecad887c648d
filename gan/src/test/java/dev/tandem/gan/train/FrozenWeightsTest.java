package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Nothing that a training of a pair does besides gradients writes what is frozen. */
class FrozenWeightsTest {

  /** How a part of a discriminator is held still. */
  private enum Frozen {
    NOTHING,
    LAYERS,
    NESTED_MODEL
  }

  private static Model generator() {
    return Model.sequential("g", Input.of("z", 2), Dense.units(2).named("g0"));
  }

  /** A trunk with batch norm in a model of its own, and a head. */
  private static Model critic(Frozen frozen) {
    Dense dense = Dense.units(3).named("trunk_dense");
    BatchNormalization norm = BatchNormalization.of().named("trunk_norm");
    Model trunk = Model.sequential("trunk", Input.of("features", 2), dense, norm);
    Input x = Input.of("x", 2);
    SymbolicTensor score = Dense.units(1).named("head").apply(trunk.apply(x));
    dense.setTrainable(frozen != Frozen.LAYERS);
    norm.setTrainable(frozen != Frozen.LAYERS);
    trunk.setTrainable(frozen != Frozen.NESTED_MODEL);
    Model critic = Model.of("d", x, score);
    int index = 0;
    for (Weight weight : critic.weights()) {
      weight.set(Nd4j.valueArrayOf(weight.shape().toArray(), 5.0 + index++, DataType.FLOAT));
    }
    return critic;
  }

  private static Dataset points() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 16, 2);
    CounterRandom.of(3).normal(points);
    return Dataset.builder().input("x", points).build();
  }

  private static AdversarialTraining recipe(Model generator, Model critic, Objective objective) {
    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(2));
    return AdversarialTraining.of(pair, objective).initializing().batch(8);
  }

  private static Map<String, List<Double>> values(Model model) {
    Map<String, List<Double>> values = new TreeMap<>();
    model
        .weightsByPath()
        .forEach(
            (path, weight) -> {
              List<Double> all = new ArrayList<>();
              for (double value : weight.values().data().asDouble()) {
                all.add(value);
              }
              values.put(path, all);
            });
    return values;
  }

  @ParameterizedTest
  @EnumSource
  void clip_holdsWhatTheStepMovesAlone(Frozen frozen) {
    Model critic = critic(frozen);
    Map<String, List<Double>> before = values(critic);
    Objective objective =
        Objective.of(AdversarialLosses.wasserstein())
            .clipWeights(0.01)
            .lazyPenalty(Penalties.r1(1), 2);
    try (AdversarialTrainer trainer =
        recipe(generator(), critic, objective).keepingWeights().start(points())) {
      trainer.train(3);
    }

    Map<String, List<Double>> after = values(critic);
    for (String path : List.of("trunk/trunk_dense/kernel", "trunk/trunk_norm/gamma")) {
      if (frozen == Frozen.NOTHING) {
        assertThat(after.get(path)).allSatisfy(v -> assertThat(v).isBetween(-0.011, 0.011));
      } else {
        assertThat(after.get(path)).isEqualTo(before.get(path));
      }
    }
    assertThat(after.get("head/kernel")).allSatisfy(v -> assertThat(v).isBetween(-0.011, 0.011));
    assertThat(
            after
                .get("trunk/trunk_norm/moving_mean")
                .equals(before.get("trunk/trunk_norm/moving_mean")))
        .isEqualTo(frozen != Frozen.NOTHING);
  }

  @ParameterizedTest
  @EnumSource
  void start_initializing_replacesWhatIsNotFrozenAlone(Frozen frozen) {
    Model critic = critic(frozen);
    Map<String, List<Double>> before = values(critic);
    try (AdversarialTrainer trainer =
        recipe(generator(), critic, Objective.of(AdversarialLosses.hinge()))
            .engine(new SameDiffEngine())
            .seed(4)
            .start(points())) {
      Map<String, List<Double>> after = values(critic);

      Model anew = critic(frozen);
      anew.initialize(CounterRandom.of(4, 2).key());
      Map<String, List<Double>> first = values(anew);
      after.forEach(
          (path, now) ->
              assertThat(now)
                  .as(path)
                  .isEqualTo(
                      (frozen != Frozen.NOTHING && path.startsWith("trunk") ? before : first)
                          .get(path)));
      assertThat(trainer.counters().rounds()).isZero();
    }
  }

  @Test
  void average_ofAGeneratorThatIsFrozenInPart_isThatPart() {
    Dense held = Dense.units(3).named("held");
    Model generator =
        Model.sequential("g", Input.of("z", 2), held, Dense.units(2).named("g_point"));
    held.setTrainable(false);
    Map<String, List<Double>> before = values(generator);
    AdversarialTraining recipe =
        recipe(generator, critic(Frozen.NOTHING), Objective.of(AdversarialLosses.hinge()))
            .average(WeightAverage.decay(0.7));
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.train(3);

      for (Model model : List.of(generator, trainer.generator())) {
        assertThat(values(model).get("held/kernel")).isEqualTo(before.get("held/kernel"));
      }
      assertThat(values(trainer.generator()).get("g_point/kernel"))
          .isNotEqualTo(values(generator).get("g_point/kernel"));
    }
  }
}
