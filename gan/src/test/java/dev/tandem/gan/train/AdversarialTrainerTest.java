package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Examples;
import dev.tandem.gan.conditioning.InputNames;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a round does to two scalars, by hand, and what is counted. */
class AdversarialTrainerTest {

  private static final double RATE = 0.1;

  /** A latent that is 1: what the generator makes is its weight. */
  private record One() implements Latent {
    @Override
    public Shape shape() {
      return Shape.of(1);
    }

    @Override
    public SymbolicTensor sample(SymbolicTensor like) {
      SymbolicTensor any = Tensors.randomUniform(like, 1);
      return Tensors.shift(Tensors.scale(any, 0), 1);
    }

    @Override
    public INDArray sample(CounterRandom random, int count, DataType dtype) {
      return Nd4j.ones(dtype, count, 1);
    }
  }

  private static Model scalar(String name, double weight) {
    return Model.sequential(
        name,
        Input.of(name + "_in", Shape.of(1), DataType.DOUBLE),
        Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)));
  }

  /** G: g, D: x → d·x, real samples all 3, Wasserstein: d ← d + r (3 − g), g ← g + r d. */
  private static AdversarialTraining scalars(Alternation schedule) {
    AdversarialPair pair = AdversarialPair.of(scalar("g", 0.5), scalar("d", 2), new One());
    return AdversarialTraining.of(pair, Objective.of(AdversarialLosses.wasserstein()))
        .optimizers(Optimizers.both(Sgd.rate(RATE)))
        .schedule(schedule)
        .batch(4);
  }

  private static Dataset threes() {
    return Dataset.builder().input("x", Nd4j.zeros(DataType.DOUBLE, 8, 1).addi(3)).build();
  }

  private static double g(AdversarialTrainer trainer) {
    return trainer.recipe().pair().generator().weights().get(0).values().getDouble(0);
  }

  private static double d(AdversarialTrainer trainer) {
    return trainer.recipe().pair().discriminator().weights().get(0).values().getDouble(0);
  }

  @Test
  void round_alternating_showsTheGeneratorTheNewDiscriminator() {
    try (AdversarialTrainer trainer = scalars(Alternation.alternating()).start(threes())) {
      Round round = trainer.round();

      assertThat(round.discriminatorLoss()).isCloseTo(2 * 0.5 - 2 * 3, within(1e-12));
      assertThat(d(trainer)).isCloseTo(2.25, within(1e-12));
      assertThat(round.generatorLoss()).isCloseTo(-2.25 * 0.5, within(1e-12));
      assertThat(g(trainer)).isCloseTo(0.725, within(1e-12));
    }
  }

  @Test
  void round_simultaneous_showsBothTheSameWeights() {
    try (AdversarialTrainer trainer = scalars(Alternation.simultaneously()).start(threes())) {
      Round round = trainer.round();

      assertThat(d(trainer)).isCloseTo(2.25, within(1e-12));
      assertThat(round.generatorLoss()).isCloseTo(-2 * 0.5, within(1e-12));
      assertThat(g(trainer)).isCloseTo(0.7, within(1e-12));
    }
  }

  @Test
  void round_afterACallbackLookedAtGradients_doesNotTakeThem() {
    AdversarialCallback look =
        new AdversarialCallback() {
          @Override
          public void onRound(AdversarialTrainer trainer, Round round) {
            INDArray far = Nd4j.zeros(DataType.DOUBLE, 4, 1).addi(300);
            trainer.steps().discriminator().gradients(Examples.of(far));
          }
        };
    try (AdversarialTrainer trainer = scalars(Alternation.alternating()).start(threes());
        AdversarialTrainer looking =
            scalars(Alternation.alternating()).start(threes()).with(look)) {
      trainer.train(3);
      looking.train(3);

      assertThat(d(looking)).isEqualTo(d(trainer));
      assertThat(g(looking)).isEqualTo(g(trainer));
    }
  }

  @Test
  void round_withSeveralSteps_countsEachOfThem() {
    Alternation schedule = Alternation.alternating().discriminatorSteps(2.5).generatorSteps(0.5);
    try (AdversarialTrainer trainer = scalars(schedule).start(threes())) {
      trainer.train(1);
      // d = 2 + 2 · .25 in the first round, and the generator's turn comes in the second
      assertThat(d(trainer)).isCloseTo(2.5, within(1e-12));
      assertThat(g(trainer)).isEqualTo(0.5);
      Outcome outcome = trainer.train(1);

      assertThat(d(trainer)).isCloseTo(3.25, within(1e-12));
      assertThat(g(trainer)).isCloseTo(0.825, within(1e-12));
      assertThat(outcome.counters()).isEqualTo(new Counters(2, 5, 1, 0, 20));
    }
  }

  @Test
  void round_accumulating_movesByTheMeanOverBatches() {
    Alternation schedule = Alternation.alternating().accumulating(3);
    try (AdversarialTrainer trainer = scalars(schedule).start(threes())) {
      trainer.round();

      assertThat(d(trainer)).isCloseTo(2.25, within(1e-12));
      assertThat(g(trainer)).isCloseTo(0.725, within(1e-12));
      assertThat(trainer.counters()).isEqualTo(new Counters(1, 1, 1, 0, 12));
    }
  }

  @Test
  void start_withStepsOfTheUser_takesThese() {
    AdversarialTraining recipe = scalars(Alternation.alternating());
    Steps slower =
        Steps.compile(
            recipe.pair(),
            recipe.objective(),
            Optimizers.both(Sgd.rate(RATE / 2)),
            new SameDiffEngine(),
            1);
    try (AdversarialTrainer trainer = recipe.start(threes(), slower)) {
      trainer.round();

      assertThat(trainer.steps()).isSameAs(slower);
      assertThat(d(trainer)).isCloseTo(2.125, within(1e-12));
    }
  }

  @Test
  void clip_holdsTheDiscriminatorAfterItsStep() {
    AdversarialTraining recipe = scalars(Alternation.alternating());
    AdversarialTraining clipped =
        AdversarialTraining.of(recipe.pair(), recipe.objective().clipWeights(0.01))
            .optimizers(recipe.optimizers())
            .batch(4);
    try (AdversarialTrainer trainer = clipped.start(threes())) {
      trainer.round();

      assertThat(d(trainer)).isEqualTo(0.01);
      assertThat(g(trainer)).isCloseTo(0.5 + RATE * 0.01, within(1e-12));
    }
  }

  @Test
  void average_followsTheGenerator() {
    AdversarialTraining recipe =
        scalars(Alternation.alternating()).average(WeightAverage.decay(0.5));
    try (AdversarialTrainer trainer = recipe.start(threes())) {
      trainer.round();
      double first = g(trainer);
      trainer.round();

      double expected = 0.5 * (0.5 * 0.5 + 0.5 * first) + 0.5 * g(trainer);
      assertThat(trainer.generator().weights().get(0).values().getDouble(0))
          .isCloseTo(expected, within(1e-12));
      assertThat(trainer.sample(2, 1).toDoubleVector())
          .containsExactly(new double[] {expected, expected}, within(1e-12));
      assertThat(trainer.generator()).isNotSameAs(recipe.pair().generator());
    }
  }

  @Test
  void lazyPenalties_comeAfterEveryKthStepOfTheDiscriminator() {
    AdversarialTraining recipe = scalars(Alternation.alternating().discriminatorSteps(3));
    AdversarialTraining lazy =
        AdversarialTraining.of(recipe.pair(), recipe.objective().lazyPenalty(Penalties.r1(0.5), 2))
            .optimizers(recipe.optimizers())
            .schedule(recipe.schedule())
            .batch(4);
    try (AdversarialTrainer trainer = lazy.start(threes())) {
      trainer.round();

      // ∇D = d: the penalty is .25 d², twice because of the interval; d ← d − .1 · d
      double afterTwo = 2.5 * 0.9;
      assertThat(d(trainer)).isCloseTo(afterTwo + 0.25, within(1e-12));
      assertThat(trainer.counters()).isEqualTo(new Counters(1, 3, 1, 1, 12));
    }
  }

  @Test
  void flags_ofBothNets_stayAsTheyAre() {
    Model generator =
        Model.sequential(
            "g", Input.of("z", 2), Dense.units(2), BatchNormalization.of().named("g_norm"));
    Model critic =
        Model.sequential(
            "d",
            Input.of("x", 2),
            Dense.units(3),
            BatchNormalization.of().named("d_norm"),
            Dense.units(1));
    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(2));
    INDArray points = Nd4j.zeros(DataType.FLOAT, 16, 2);
    CounterRandom.of(3).normal(points);
    Dataset data = Dataset.builder().input("x", points).build();
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating()))
            .initializing()
            .batch(8);
    try (AdversarialTrainer trainer = recipe.start(data)) {
      List<List<Double>> start = values(generator);
      trainer.steps().discriminator().trainOnBatch(Examples.of(points.dup()));
      assertThat(values(generator)).isEqualTo(start); // moving statistics included
      List<List<Double>> ofCritic = values(critic);
      trainer.steps().generator().trainOnBatch(Examples.of(Nd4j.ones(DataType.FLOAT, 8, 1)));
      assertThat(values(critic)).isEqualTo(ofCritic);
      assertThat(values(generator)).isNotEqualTo(start);
      assertThat(generator.isTrainable() && critic.isTrainable()).isTrue();
      assertThat(trainer.steps().generator().isStale()).isFalse();
    }
  }

  private static List<List<Double>> values(Model model) {
    List<List<Double>> values = new ArrayList<>();
    for (Weight weight : model.weights()) {
      List<Double> all = new ArrayList<>();
      for (double value : weight.values().data().asDouble()) {
        all.add(value);
      }
      values.add(all);
    }
    return values;
  }

  @Test
  void packing_showsTheDiscriminatorSeveralSamples() {
    Model generator = Model.sequential("g", Input.of("z", 2), Dense.units(2));
    Model critic = Model.sequential("d", Input.of("x", 6), Dense.units(1));
    AdversarialPair pair = AdversarialPair.packed(generator, critic, Latent.normal(2), 3);
    Dataset data = Dataset.builder().input("x", Nd4j.ones(DataType.FLOAT, 16, 2)).build();
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating()))
            .initializing()
            .batch(5);
    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.train(2);

      assertThat(trainer.counters().images()).isEqualTo(30);
      assertThat(trainer.steps().discriminator().model().inputs().keySet())
          .containsExactly(InputNames.real(0), InputNames.real(1), InputNames.real(2));
    }
  }

  private static Throwable inAnotherThread(Runnable call) {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Thread other = new Thread(call, "other");
    other.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
    other.start();
    try {
      other.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return thrown.get();
  }

  @Test
  void training_inOneThread_refusesAnother() {
    List<Throwable> thrown = new ArrayList<>();
    List<INDArray> samples = new ArrayList<>();
    try (AdversarialTrainer trainer = scalars(Alternation.alternating()).start(threes())) {
      trainer.with(
          new AdversarialCallback() {
            @Override
            public void onRound(AdversarialTrainer self, Round round) {
              thrown.add(inAnotherThread(() -> trainer.train(1)));
              thrown.add(inAnotherThread(trainer::round));
              thrown.add(inAnotherThread(trainer::close));
              inAnotherThread(() -> samples.add(trainer.sample(2, 1)));
            }
          });
      trainer.train(1);
      assertThat(thrown)
          .hasSize(3)
          .allSatisfy(
              refusal ->
                  assertThat(refusal)
                      .isInstanceOf(ConcurrentModificationException.class)
                      .hasMessageContaining("an adversarial trainer of Model \"g\""));
      assertThat(samples).hasSize(1);
      assertThat(inAnotherThread(() -> trainer.train(1))).isNull();
      assertThat(trainer.counters().rounds()).isEqualTo(2);
    }
  }

  @Test
  void trainers_ofOneDiscriminatorInTwoThreads_loseNoStep() throws Exception {
    Model critic = scalar("d", 2);
    int rounds = 200;
    List<AdversarialTrainer> trainers = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      AdversarialPair pair = AdversarialPair.of(scalar(name, 0), critic, new One());
      // the generators hardly move from 0: each step adds the rate times 3
      AdversarialTrainer trainer =
          AdversarialTraining.of(pair, Objective.of(AdversarialLosses.wasserstein()))
              .optimizers(Optimizers.of(Sgd.rate(1e-300), Sgd.rate(0.125)))
              .batch(4)
              .start(threes());
      trainers.add(trainer);
      threads.add(new Thread(() -> trainer.train(rounds)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    trainers.forEach(AdversarialTrainer::close);
    assertThat(critic.weights().get(0).values().getDouble(0)).isEqualTo(2 + 2 * rounds * 0.375);
  }
}
