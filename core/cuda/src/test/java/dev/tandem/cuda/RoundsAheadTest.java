package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Doubles;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.cuda.device.DelayedDevice;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.Counters;
import dev.tandem.gan.train.Outcome;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.Watchdog;
import dev.tandem.gan.train.WeightAverage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Rounds that a card is asked for and makes later. */
class RoundsAheadTest {

  private final HostDevice host = Cards.host();
  private final DelayedDevice device = new DelayedDevice(host);
  private final CudaEngine card = new CudaEngine(device);

  @AfterEach
  void card_whenAllIsClosed_holdsNothing() {
    device.synchronize();
    assertThat(host.allocations()).isZero();
  }

  private static AdversarialTraining recipe(Engine engine) {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("z", 2),
            Dense.units(8).activation(Activations.tanh()).named("g0"),
            Dense.units(2).named("g1"));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("x", 2),
            Dense.units(8).activation(Activations.tanh()).named("d0"),
            Dense.units(1).named("d1"));
    Objective objective =
        Objective.of(AdversarialLosses.wasserstein())
            .clipWeights(0.5)
            .lazyPenalty(Penalties.r1(1), 2)
            .penalty(Penalties.r1(0.1), Schedules.linearDecay(1, 20, 0.1));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)), objective)
        .initializing()
        .optimizers(Optimizers.both(Adam.rate(1e-3)))
        .schedule(Alternation.alternating().discriminatorSteps(2))
        .average(WeightAverage.decay(0.9))
        .engine(engine)
        .batch(4)
        .seed(1);
  }

  private static Dataset data() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 20, 2);
    CounterRandom.of(1).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  private static List<List<Double>> state(AdversarialTrainer trainer) {
    return Stream.of(
            trainer.recipe().pair().discriminator(),
            trainer.recipe().pair().generator(),
            trainer.generator())
        .flatMap(model -> model.weights().stream())
        .map(weight -> List.copyOf(Doubles.asList(weight.values().data().asDouble())))
        .toList();
  }

  private static void breakGenerator(AdversarialTrainer trainer) {
    trainer.recipe().pair().generator().weight("g1/bias").set(Nd4j.createFromArray(1f, Float.NaN));
  }

  @Test
  void round_whoseLossesNobodyReads_waitsForNothing() {
    try (AdversarialTrainer trainer = recipe(card).start(data())) {
      trainer.train(2);
      long before = device.waits();
      Round first = trainer.round();
      trainer.round();
      Round last = trainer.round();
      assertThat(device.waits()).isEqualTo(before);
      assertThat(device.asked()).isGreaterThan(20);

      assertThat(last.generatorLoss()).isFinite();
      assertThat(device.waits()).isEqualTo(before + 1);
      assertThat(last.discriminatorLoss()).isFinite();
      assertThat(first.discriminatorLoss()).isFinite();
      assertThat(device.waits()).isEqualTo(before + 1);
      assertThat(trainer.counters().penaltySteps()).isEqualTo(5);
    }
  }

  @Test
  void rounds_askedForInARow_areTheOnesThatAreWaitedFor() {
    List<List<List<Double>>> states = new ArrayList<>();
    List<List<Double>> losses = new ArrayList<>();
    for (Engine engine : List.of(card, card.waiting())) {
      try (AdversarialTrainer trainer = recipe(engine).start(data())) {
        List<Round> rounds = new ArrayList<>();
        trainer.with(
            new AdversarialCallback() {
              @Override
              public void onRound(AdversarialTrainer t, Round round) {
                rounds.add(round);
              }
            });
        trainer.train(8);
        losses.add(
            rounds.stream()
                .flatMap(round -> Stream.of(round.discriminatorLoss(), round.generatorLoss()))
                .toList());
        states.add(state(trainer));
      }
    }
    assertThat(losses.get(0)).isEqualTo(losses.get(1));
    assertThat(states.get(0)).isEqualTo(states.get(1));
  }

  @Test
  void failedRound_leavesAllAsOnTheHost(@TempDir Path directory) {
    List<Counters> counters = new ArrayList<>();
    List<String> messages = new ArrayList<>();
    List<Object> places = new ArrayList<>();
    for (Engine engine : List.of(new PlanEngine(), card)) {
      Path saved = directory.resolve(engine.getClass().getSimpleName());
      try (AdversarialTrainer trainer = recipe(engine).start(data())) {
        trainer.train(3);
        trainer.save(saved);
        breakGenerator(trainer);
        List<List<Double>> before = state(trainer);

        assertThatThrownBy(
                () -> {
                  for (int i = 0; i < 4; i++) {
                    trainer.round();
                  }
                  trainer.save(saved);
                })
            .isInstanceOf(NonFiniteException.class)
            .satisfies(e -> messages.add(e.getMessage()));

        assertThat(state(trainer)).isEqualTo(before);
        counters.add(trainer.counters());
        assertThat(Files.exists(saved)).isTrue();
        trainer.restore(saved);
        Round again = trainer.round();
        assertThat(again.generatorLoss()).isFinite();
        places.add(trainer.counters());
      }
    }
    assertThat(counters.get(1)).isEqualTo(counters.get(0));
    assertThat(places.get(1)).isEqualTo(places.get(0));
    assertThat(messages.get(1))
        .isEqualTo(messages.get(0))
        .contains("in step 7", "weight \"g1/bias\" holds NaN at (1,)");
  }

  @Test
  void failedRound_goesOnWithTheSameSamplesAsOnTheHost() {
    List<List<Double>> losses = new ArrayList<>();
    for (Engine engine : List.of(card.waiting(), card)) {
      try (AdversarialTrainer trainer = recipe(engine).start(data())) {
        trainer.train(2);
        INDArray fine = trainer.recipe().pair().generator().weight("g1/bias").values();
        breakGenerator(trainer);
        assertThatThrownBy(() -> trainer.train(5)).isInstanceOf(NonFiniteException.class);
        trainer.recipe().pair().generator().weight("g1/bias").set(fine);
        List<Double> next = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          Round round = trainer.round();
          next.add(round.discriminatorLoss());
          next.add(round.generatorLoss());
        }
        losses.add(next);
      }
    }
    assertThat(losses.get(1)).isEqualTo(losses.get(0));
  }

  @Test
  void watchdog_endsATrainingThatFailed() {
    try (AdversarialTrainer trainer = recipe(card).start(data())) {
      trainer.with(Watchdog.stopping());
      trainer.train(2);
      breakGenerator(trainer);

      Outcome outcome = trainer.train(5);

      assertThat(outcome.stopped().orElseThrow()).startsWith("a step met NaN or infinity: ");
      assertThat(outcome.counters().rounds()).isEqualTo(2);
    }
  }
}
