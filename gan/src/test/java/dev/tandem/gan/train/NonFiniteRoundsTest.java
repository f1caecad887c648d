package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.gan.EveryEngine;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A round that meets NaN ends at the step that met it, which blames what brought it. */
class NonFiniteRoundsTest {

  static Stream<Arguments> objectives() {
    return EveryEngine.all()
        .flatMap(
            engine ->
                Stream.of(
                        Objective.of(AdversarialLosses.hinge()),
                        Objective.of(AdversarialLosses.wasserstein()).clipWeights(0.01),
                        Objective.of(AdversarialLosses.nonSaturating()).penalty(Penalties.r1(1)))
                    .map(objective -> Arguments.of(objective, engine)));
  }

  private static AdversarialTraining training(Objective objective, Engine engine) {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("z", 2),
            Dense.units(16).activation(Activations.relu()).named("g0"),
            Dense.units(2).named("g1"));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("x", 2),
            Dense.units(32).activation(Activations.relu()).named("d0"),
            Dense.units(1).named("d1"));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)), objective)
        .initializing()
        .optimizers(Optimizers.both(Adam.rate(1e-3)))
        .engine(engine)
        .batch(32)
        .seed(1);
  }

  private static INDArray points() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 32, 2);
    CounterRandom.of(1).normal(points);
    return points;
  }

  private static List<INDArray> weights(AdversarialTrainer trainer) {
    return Stream.of(trainer.recipe().pair().discriminator(), trainer.recipe().pair().generator())
        .flatMap(model -> model.weights().stream())
        .map(weight -> weight.values().dup())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void nan_inTheData_isFoundAtTheStart(Objective objective, Engine engine) {
    INDArray points = points();
    points.putScalar(7, 1, Float.NaN);
    Dataset data = Dataset.builder().input("point", points).build();
    assertThatThrownBy(() -> training(objective, engine).start(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the data's input \"point\" (32, 2) holds NaN or infinity in row 7; clean that sample"
                + " or leave it out");
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void nan_inALaterBatch_isBlamedByTheCriticsOwnStep(Objective objective, Engine engine) {
    INDArray points = points();
    Dataset data = Dataset.builder().input("point", points).build();
    try (AdversarialTrainer trainer = training(objective, engine).start(data)) {
      trainer.with(Watchdog.stopping());
      data.input("point").putScalar(7, 1, Float.NaN);
      List<INDArray> before = weights(trainer);

      Outcome outcome = trainer.train(20);

      assertThat(outcome.counters().discriminatorSteps()).isZero();
      assertThat(outcome.stopped().orElseThrow())
          .startsWith("a step met NaN or infinity: Model \"discriminator_step\": in step 1 input")
          .contains("\"real\" holds NaN at (", "clean the data")
          .doesNotContain("learning rate");
      assertThat(weights(trainer)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void nan_inTheNets_doesNotPassARound(Objective objective, Engine engine) {
    Dataset data = Dataset.builder().input("point", points()).build();
    try (AdversarialTrainer trainer = training(objective, engine).start(data)) {
      trainer.recipe().pair().discriminator().weight("d0/kernel").values().putScalar(0, Float.NaN);
      trainer.recipe().pair().generator().weight("g0/kernel").values().putScalar(0, Float.NaN);
      trainer
          .recipe()
          .pair()
          .discriminator()
          .weight("d0/kernel")
          .set(Nd4j.valueArrayOf(new long[] {2, 32}, Float.NaN));
      assertThatThrownBy(() -> trainer.train(20))
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("weight \"d0/kernel\" holds NaN");
      assertThat(trainer.counters().discriminatorSteps()).isZero();
    }
  }
}
