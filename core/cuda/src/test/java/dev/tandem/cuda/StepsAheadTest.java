package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.DelayedDevice;
import dev.tandem.cuda.device.HostDevice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Steps that a card is asked for and makes later: who waits, and what a failed one leaves. */
class StepsAheadTest {

  private static final int FAILING = 4;

  private final HostDevice host = Cards.host();
  private final DelayedDevice device = new DelayedDevice(host);
  private final CudaEngine card = new CudaEngine(device);
  private final INDArray inputs = normal(1, 6, 3);
  private final INDArray targets = normal(2, 6, 2);

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  @AfterEach
  void card_whenAllIsClosed_holdsNothing() {
    device.synchronize();
    assertThat(host.allocations()).isZero();
  }

  private static Model net() {
    return Model.sequential(
        "net",
        Input.of("x", 3),
        Dense.units(4).activation(Activations.tanh()).named("a"),
        BatchNormalization.of().named("norm"),
        Dense.units(2).named("b"));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(0.01))
        .loss(Losses.meanSquaredError())
        .engine(engine)
        .checkingExamples(false)
        .seed(7);
  }

  private INDArray broken() {
    INDArray broken = inputs.dup();
    broken.putScalar(2, 1, Double.NaN);
    return broken;
  }

  private static List<INDArray> state(Trainer trainer) {
    List<INDArray> state = new ArrayList<>();
    trainer.model().weights().forEach(weight -> state.add(weight.values()));
    trainer.state().slots().values().forEach(slot -> state.add(slot.values()));
    return state;
  }

  /** Steps up to a number, of which one fails; the results. */
  private List<StepResult> steps(Trainer trainer, int last) {
    List<StepResult> results = new ArrayList<>();
    for (int step = 1; step <= last; step++) {
      results.add(trainer.trainOnBatch(step == FAILING ? broken() : inputs, targets));
    }
    return results;
  }

  @Test
  void step_whoseLossNobodyReads_waitsForNothing() {
    try (Trainer trainer = net().compile(recipe(card))) {
      trainer.trainOnBatch(inputs, targets);
      trainer.ahead().settle();
      long before = device.waits();
      StepResult first = trainer.trainOnBatch(inputs, targets);
      trainer.trainOnBatch(normal(5, 6, 3), targets);
      trainer.gradients(Examples.of(inputs, targets));
      trainer.update();
      StepResult last = trainer.trainOnBatch(inputs, targets);
      assertThat(device.waits()).isEqualTo(before);
      assertThat(device.asked()).isPositive();

      assertThat(last.loss()).isPositive();
      assertThat(device.waits()).isEqualTo(before + 1);
      assertThat(last.losses().values()).containsExactly(last.loss());
      assertThat(first.loss()).isGreaterThan(last.loss());
      assertThat(device.waits()).isEqualTo(before + 1);
      assertThat(trainer.steps()).isEqualTo(5);
      assertThat(last.step()).isEqualTo(5);
    }
  }

  @Test
  void steps_askedForInARow_areTheOnesThatAreWaitedFor() {
    List<List<INDArray>> states = new ArrayList<>();
    List<List<Double>> losses = new ArrayList<>();
    for (Engine engine : List.of(card, card.waiting())) {
      try (Trainer trainer = net().compile(recipe(engine))) {
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < 12; step++) {
          INDArray x = normal(10 + step, 6, 3);
          if (step % 4 == 3) {
            trainer.gradients(Examples.of(x, targets));
          }
          results.add(trainer.trainOnBatch(x, targets));
          x.assign(Double.NaN); // the caller's again
        }
        losses.add(results.stream().map(StepResult::loss).toList());
        states.add(state(trainer));
      }
    }
    assertThat(losses.get(0)).isEqualTo(losses.get(1));
    assertThat(states.get(0)).isEqualTo(states.get(1));
  }

  @Test
  void failedStep_leavesAllAsItWas_andIsNamedAsOnTheHost() {
    String expected;
    try (Trainer trainer = net().compile(recipe(new PlanEngine()))) {
      expected =
          catchThrowableOfType(NonFiniteException.class, () -> steps(trainer, FAILING))
              .getMessage();
    }
    try (Trainer trainer = net().compile(recipe(card));
        Trainer reference = net().compile(recipe(card))) {
      for (int step = 1; step < FAILING; step++) {
        reference.trainOnBatch(inputs, targets);
      }
      List<StepResult> results = steps(trainer, FAILING + 3);
      assertThat(trainer.steps()).isEqualTo(FAILING + 3);

      assertThatThrownBy(results.get(FAILING + 1)::loss)
          .isInstanceOfSatisfying(
              NonFiniteException.class, e -> assertThat(e.step()).isEqualTo(FAILING))
          .hasMessage(expected);

      assertThat(trainer.steps()).isEqualTo(FAILING - 1);
      assertThat(state(trainer)).isEqualTo(state(reference));
      assertThat(results.get(FAILING - 2).loss()).isPositive();
      assertThatThrownBy(results.get(FAILING - 1)::loss).hasMessage(expected);
      double next = trainer.trainOnBatch(normal(8, 6, 3), targets).loss();
      assertThat(next).isEqualTo(reference.trainOnBatch(normal(8, 6, 3), targets).loss());
      assertThat(state(trainer)).isEqualTo(state(reference));
    }
  }

  static Stream<Arguments> looks() {
    return Stream.<Map.Entry<String, BiConsumer<Trainer, Path>>>of(
            Map.entry("settle", (trainer, path) -> trainer.ahead().settle()),
            Map.entry("predict", (trainer, path) -> trainer.predict(normal(1, 6, 3))),
            Map.entry(
                "test", (trainer, path) -> trainer.testOnBatch(normal(1, 6, 3), normal(2, 6, 2))),
            Map.entry("evaluate", (trainer, path) -> trainer.evaluate(data(), 3)),
            Map.entry("steps", (trainer, path) -> trainer.state().steps()),
            Map.entry(
                "weight", (trainer, path) -> trainer.model().weights().get(0).variable().read()),
            Map.entry(
                "set", (trainer, path) -> trainer.model().weight("b/bias").set(Nd4j.zeros(2))),
            Map.entry("gradients", (trainer, path) -> trainer.gradientArrays()),
            Map.entry("recompile", (trainer, path) -> trainer.recompile()),
            Map.entry(
                "save", (trainer, path) -> Checkpoint.of(trainer).save(path, RunState.empty())))
        .map(look -> Arguments.of(look.getKey(), look.getValue()));
  }

  private static Dataset data() {
    return Dataset.builder().input("x", normal(1, 6, 3)).target("y", normal(2, 6, 2)).build();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("looks")
  void failedStep_isToldToWhoeverLooks_once(
      String name, BiConsumer<Trainer, Path> look, @TempDir Path directory) {
    try (Trainer trainer = net().compile(recipe(card))) {
      Checkpoint.of(trainer).save(directory, RunState.empty());
      List<INDArray> first = state(trainer);
      steps(trainer, FAILING + 2);

      assertThatThrownBy(() -> look.accept(trainer, directory))
          .as(name)
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("in step 4");

      assertThat(trainer.steps()).isEqualTo(FAILING - 1);
      trainer.trainOnBatch(inputs, targets);
      trainer.ahead().settle();
      Checkpoint.of(trainer).restore(directory);
      assertThat(state(trainer)).isEqualTo(first);
    }
  }

  @Test
  void failedStep_thatNobodyHasLookedAt_isToldAtTheEnd() {
    Model model = net();
    assertThatThrownBy(
            () -> {
              try (Trainer trainer = model.compile(recipe(card))) {
                steps(trainer, FAILING + 2);
              }
            })
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("in step 4");
    assertThat(model.weights().stream().map(Weight::variable)).noneMatch(Variable::isRetained);
  }

  @Test
  void failedStep_ofManyAhead_isToldBeforeThereAreMore() {
    try (Trainer trainer = net().compile(recipe(card))) {
      List<StepResult> results = new ArrayList<>();
      assertThatThrownBy(
              () -> {
                for (int step = 1; step < 1000; step++) {
                  results.add(trainer.trainOnBatch(step == FAILING ? broken() : inputs, targets));
                }
              })
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("in step 4");
      assertThat(results.size()).isBetween(FAILING, FAILING + 256);
      assertThat(trainer.steps()).isEqualTo(FAILING - 1);
    }
  }

  @Test
  void failedPart_ofAnAccumulatedStep_dropsTheStep() {
    try (Trainer trainer = net().compile(recipe(card))) {
      trainer.trainOnBatch(inputs, targets);
      List<INDArray> before = state(trainer);
      trainer.gradients(Examples.of(inputs, targets));
      StepResult second = trainer.gradients(Examples.of(broken(), targets));
      trainer.update();
      trainer.trainOnBatch(inputs, targets);

      assertThatThrownBy(second::loss)
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("in step 2");
      assertThat(trainer.steps()).isEqualTo(1);
      assertThat(trainer.state().isBetweenSteps()).isTrue();
      assertThat(state(trainer)).isEqualTo(before);
    }
  }

  @Test
  void weightThatIsNaN_isBlamedAsOnTheHost() {
    List<String> messages = new ArrayList<>();
    for (Engine engine : List.of(new PlanEngine(), card)) {
      try (Trainer trainer = net().compile(recipe(engine))) {
        trainer.trainOnBatch(inputs, targets);
        trainer.model().weight("b/bias").set(Nd4j.createFromArray(0f, Float.NaN));
        assertThatThrownBy(
                () -> {
                  trainer.trainOnBatch(inputs, targets);
                  trainer.trainOnBatch(normal(3, 2, 3), normal(4, 2, 2)); // another program
                  trainer.ahead().settle();
                })
            .satisfies(e -> messages.add(e.getMessage()));
      }
    }
    assertThat(messages.get(1)).isEqualTo(messages.get(0)).contains("\"b/bias\" holds NaN at (1,)");
  }

  @Test
  void opThatMakesInfinity_isNamedAsOnTheHost() {
    List<String> messages = new ArrayList<>();
    for (Engine engine : List.of(new PlanEngine(), card)) {
      Model model =
          Model.sequential(
              "net",
              Input.of("x", 3),
              Lambda.of((ops, in) -> ops.exp(in.get(0))).named("e"),
              Dense.units(2).named("b"));
      try (Trainer trainer = model.compile(recipe(engine))) {
        assertThatThrownBy(
                () -> {
                  trainer.trainOnBatch(inputs, targets);
                  trainer.trainOnBatch(inputs.mul(1e4), targets);
                  trainer.trainOnBatch(inputs, targets);
                  trainer.ahead().settle();
                })
            .satisfies(e -> messages.add(e.getMessage()));
      }
    }
    assertThat(messages.get(1)).isEqualTo(messages.get(0)).contains("in step 2", "first made by");
  }

  @Test
  void gradientsWithoutFiniteSquares_areRefusedAhead_andLookedAfterByWhoWaits() {
    INDArray far = Nd4j.valueArrayOf(new long[] {6, 2}, 4e18f);
    Training sgd =
        Training.with(Sgd.rate(1e-25)).loss(Losses.meanSquaredError()).checkingExamples(false);
    try (Trainer ahead = net().compile(sgd.engine(card));
        Trainer waiting = net().compile(sgd.engine(card.waiting()));
        Trainer clipped = net().compile(sgd.clip(Clippings.byValue(1)).engine(card))) {
      assertThatThrownBy(() -> ahead.trainOnBatch(inputs, far).loss())
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("the gradients of step 1 are finite, and so large that their")
          .hasMessageContaining("let the engine wait for each step");
      assertThat(ahead.steps()).isZero();
      assertThat(waiting.trainOnBatch(inputs, far).loss()).isFinite();
      assertThat(waiting.steps()).isEqualTo(1);
      assertThat(clipped.trainOnBatch(inputs, far).loss()).isFinite();
    }
  }

  @Test
  void trainersThatStepTogether_failTogether_andOthersDoNot() {
    try (Trainer one = net().compile(recipe(card));
        Trainer two = net().compile(recipe(card));
        Trainer apart = net().compile(recipe(card))) {
      two.stepWith(one);
      one.trainOnBatch(inputs, targets);
      two.trainOnBatch(inputs, targets);
      apart.trainOnBatch(inputs, targets);
      List<INDArray> before = state(two);
      one.trainOnBatch(broken(), targets);
      two.trainOnBatch(inputs, targets);
      StepResult other = apart.trainOnBatch(inputs, targets);

      assertThat(other.loss()).isPositive();
      assertThatThrownBy(() -> two.ahead().settle())
          .isInstanceOf(NonFiniteException.class)
          .hasMessageContaining("in step 2");
      assertThat(List.of(one.steps(), two.steps(), apart.steps())).containsExactly(1L, 1L, 2L);
      assertThat(state(two)).isEqualTo(before);
    }
  }
}
