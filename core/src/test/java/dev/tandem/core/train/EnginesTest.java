package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.engine.EngineOptions;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.samediff.SameDiffEngine;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Engines as values in recipes, and by their names. */
class EnginesTest {

  private static final int STEPS = 5;
  private static final INDArray X = random(1, 8, 6);
  private static final INDArray Y = random(2, 8, 3);

  private static INDArray random(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  private static Trainer trainer(Engine engine) {
    Model net =
        Model.sequential(
            "net",
            Input.of("x", 6),
            Dense.units(16).activation(Activations.leakyRelu(0.2)).named("hidden"),
            Dense.units(3).named("out"));
    return net.compile(
        Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).seed(7).engine(engine));
  }

  private static double[] losses(Engine engine) {
    try (Trainer trainer = trainer(engine)) {
      double[] losses = new double[STEPS];
      for (int i = 0; i < STEPS; i++) {
        losses[i] = trainer.trainOnBatch(X, Y).loss();
      }
      return losses;
    }
  }

  static Stream<EngineOptions> options() {
    EngineOptions all = EngineOptions.defaults();
    return Stream.of(
        all.without("onednn"),
        all.without(Pass.FUSE),
        all.without(Pass.SHARE).without(Pass.ARENA),
        all.without(Pass.IN_PLACE),
        all.without("nd4j"),
        all.threads(1));
  }

  @ParameterizedTest
  @MethodSource("options")
  void trainer_onAnEngineWithOptions_trainsAsOnTheDefaultOne(EngineOptions options) {
    assertThat(losses(new PlanEngine(options)))
        .containsExactly(losses(new PlanEngine()), within(1e-5));
  }

  @Test
  void trainersOfDifferentOptions_sideBySide_keepTheirOwn() {
    double[] alone = losses(new PlanEngine());
    PlanEngine plain =
        new PlanEngine(EngineOptions.defaults().without("onednn").without(Pass.FUSE));
    try (Trainer first = trainer(new PlanEngine());
        Trainer second = trainer(plain)) {
      for (int i = 0; i < STEPS; i++) {
        assertThat(first.trainOnBatch(X, Y).loss()).isEqualTo(alone[i]);
        assertThat(second.trainOnBatch(X, Y).loss()).isCloseTo(alone[i], within(1e-5));
      }
    }
    assertThat(plain).hasToString("PLAN without onednn, fuse");
    assertThat(new PlanEngine()).hasToString("PLAN");
    assertThat(new PlanEngine(EngineOptions.defaults().threads(2)))
        .hasToString("PLAN on 2 threads");
  }

  @Test
  void threads_belowOne_areRefused() {
    assertThatThrownBy(() -> EngineOptions.defaults().threads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an engine runs on at least 1 thread, not 0");
  }

  @Test
  void named_ofTheNamesThereAre_isThatEngine() {
    assertThat(Engines.names()).containsExactly("cpu", "samediff", "counted");
    assertThat(Engines.named("cpu")).isInstanceOf(PlanEngine.class);
    assertThat(Engines.named(" SameDiff")).isInstanceOf(SameDiffEngine.class);
    assertThat(losses(Engines.named("samediff")))
        .containsExactly(losses(Engines.named("cpu")), within(1e-5));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"cuda", "PLAN", ""})
  void named_ofAnotherName_isRefusedWithThoseThereAre(String name) {
    assertThatThrownBy(() -> Engines.named(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no engine \""
                + name
                + "\"; there are cpu, samediff, counted; others are found when their module is on"
                + " the class path");
  }

  @Test
  void engineOfAModule_runsATrainersSteps() {
    int before = CountedEngine.PREPARED.get();
    assertThat(losses(Engines.named("counted"))).isEqualTo(losses(new PlanEngine()));
    assertThat(CountedEngine.PREPARED.get()).isGreaterThan(before);
  }
}
