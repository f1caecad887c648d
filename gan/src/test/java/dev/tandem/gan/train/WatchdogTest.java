package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.NonFiniteException;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.Dcgan;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs that go wrong, and what is said of them. */
class WatchdogTest {

  @TempDir Path directory;

  private static Dataset points() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 64, 2);
    CounterRandom.of(1).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  private static AdversarialTraining training(double ofGenerator, double ofDiscriminator) {
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
            Dense.units(32).activation(Activations.leakyRelu(0.2)).named("d0"),
            Dense.units(1).named("d1"));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)),
            Objective.of(AdversarialLosses.nonSaturating()))
        .initializing()
        .optimizers(Optimizers.of(Adam.rate(ofGenerator), Adam.rate(ofDiscriminator)))
        .batch(32)
        .seed(1);
  }

  @Test
  void discriminatorThatHasWon_endsTheTraining() {
    // a generator far away that hardly moves
    AdversarialTraining recipe = training(1e-9, 0.05).keepingWeights();
    recipe.pair().generator().weight("g1/bias").set(Nd4j.createFromArray(20f, 20f));
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.with(Watchdog.stopping().saturation(0.01, 10).diversity(0));

      Outcome outcome = trainer.train(500);

      assertThat(outcome.stopped().orElseThrow())
          .startsWith("the discriminator has won: its loss was below 0.0139, 0.0100 of what")
          .contains("for 10 rounds up to round " + outcome.counters().rounds());
      assertThat(outcome.counters().rounds()).isBetween(10L, 499L);
    }
  }

  @Test
  void generatorWhoseSamplesAreAlike_goesBackToTheBestState() {
    AdversarialTraining recipe = training(1e-9, 1e-3);
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.with(Watchdog.rollingBack(directory).checkEvery(5).saturation(0, 1));
      trainer.with(
          new AdversarialCallback() {
            @Override
            public void onRound(AdversarialTrainer t, Round round) {
              if (round.number() == 12) {
                t.recipe().pair().generator().weight("g1/kernel").set(Nd4j.zeros(16, 2));
              }
            }
          });

      Outcome outcome = trainer.train(100);

      assertThat(outcome.stopped().orElseThrow())
          .startsWith("the generator's samples have become alike: their standard deviation is")
          .endsWith("Went back from round 20 to round 10");
      assertThat(outcome.counters().rounds()).isEqualTo(10);
      assertThat(recipe.pair().generator().weight("g1/kernel").values().amaxNumber().doubleValue())
          .isPositive();
    }
  }

  /** Makes the generator's samples equal after a round, as a collapse does. */
  private static AdversarialCallback collapsingAfter(long round) {
    return new AdversarialCallback() {
      @Override
      public void onRound(AdversarialTrainer trainer, Round done) {
        if (done.number() == round) {
          trainer.recipe().pair().generator().weight("g1/kernel").set(Nd4j.zeros(16, 2));
        }
      }
    };
  }

  private static List<String> names(Path folder) {
    String[] names = folder.toFile().list();
    Arrays.sort(names);
    return List.of(names);
  }

  @Test
  void rollBack_besideRollingCheckpoints_setsTheCollapsedStatesAsideAndGoesOn() {
    AdversarialTraining recipe = training(1e-9, 1e-3);
    Path run = directory.resolve("run");
    RollingCheckpoints checkpoints = RollingCheckpoints.in(run, 3, 5);
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer
          .with(Watchdog.rollingBack(directory.resolve("best")).checkEvery(5).saturation(0, 1))
          .with(collapsingAfter(12))
          .with(checkpoints);

      assertThat(trainer.train(100).stopped()).isPresent();

      assertThat(trainer.counters().rounds()).isEqualTo(10);
      assertThat(checkpoints.latest()).contains(run.resolve("step-000000010"));
      assertThat(names(run))
          .containsExactly("aside-step-000000015", "aside-step-000000020", "step-000000010");
      trainer.train(7); // up to 17, through the collapse at 12 again
      assertThat(checkpoints.latest()).contains(run.resolve("step-000000017"));
      trainer.train(1);
      assertThat(names(run)).contains("step-000000018");
    }
    try (AdversarialTrainer resumed = recipe.resume(points(), checkpoints.latest().orElseThrow())) {
      assertThat(resumed.counters().rounds()).isEqualTo(18);
    }
  }

  @Test
  void rollBack_inAResumedProcess_setsAsideWhatTheEarlierOneSaved() {
    AdversarialTraining recipe = training(1e-9, 1e-3);
    Path run = directory.resolve("run");
    try (AdversarialTrainer first = recipe.start(points())) {
      first.with(RollingCheckpoints.in(run, 9, 5)).train(20);
    }
    try (AdversarialTrainer second = recipe.resume(points(), run.resolve("step-000000020"))) {
      RollingCheckpoints checkpoints = RollingCheckpoints.in(run, 9, 5);
      second.with(checkpoints).train(1);
      second.restore(run.resolve("step-000000010"));
      second.train(2);
      assertThat(names(run))
          .containsExactly(
              "aside-step-000000015",
              "aside-step-000000020",
              "aside-step-000000021",
              "step-000000005",
              "step-000000010",
              "step-000000012");
    }
  }

  @Test
  void rollingCheckpoints_overLaterRounds_areRefusedBeforeTheFirstRound() {
    AdversarialTraining recipe = training(1e-4, 1e-4);
    try (AdversarialTrainer first = recipe.start(points())) {
      first.with(RollingCheckpoints.in(directory, 2, 5)).train(6);
    }
    try (AdversarialTrainer second = recipe.start(points())) {
      second.with(RollingCheckpoints.in(directory, 2, 5));
      assertThatThrownBy(() -> second.train(50))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("comes before step-000000006");
      assertThat(second.counters().rounds()).isZero();
    }
  }

  @Test
  void youngGenerator_thatWasNeverUnlike_isGivenTime() {
    AdversarialTraining recipe = training(1e-9, 1e-3).keepingWeights();
    recipe.pair().generator().initialize(1);
    recipe.pair().generator().weight("g1/kernel").set(Nd4j.zeros(16, 2).addi(1e-4));
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.with(Watchdog.rollingBack(directory).checkEvery(5).saturation(0, 1));
      assertThat(trainer.train(60).stopped()).isEmpty();
      trainer.with(Watchdog.stopping().checkEvery(5).saturation(0, 1).warmUp(70));
      Outcome outcome = trainer.train(60);
      assertThat(outcome.stopped().orElseThrow()).contains("two checks up to round 80");
    }
  }

  /** Narrow nets on images of 64 × 64 pixels are gray for a while: that is no collapse. */
  @Test
  void youngGenerator_ofImages_raisesNoAlarmByRoundTwenty() {
    Dcgan nets = Dcgan.sized(64, 3).filters(8);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(nets.generator(), nets.discriminator(1), nets.latent()),
                Objective.of(AdversarialLosses.nonSaturating()))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(.5)))
            .batch(16)
            .seed(1);
    INDArray images = Nd4j.create(DataType.FLOAT, 32, 64, 64, 3);
    CounterRandom.of(1).uniform(images);
    Dataset bright = Dataset.builder().input("image", images.muli(2).subi(1)).build();
    try (AdversarialTrainer trainer = recipe.start(bright)) {
      trainer.with(Watchdog.rollingBack(directory).checkEvery(10));
      assertThat(trainer.train(20).stopped()).isEmpty();
      assertThat(trainer.counters().rounds()).isEqualTo(20);
      double deviation = trainer.sample(64, 1).stdNumber().doubleValue();
      assertThat(deviation).as("gray, so that it would be one later").isLessThan(.05);
    }
  }

  /** Notes what it hears. */
  private static final class Ear implements AdversarialCallback {
    private final List<String> heard = new ArrayList<>();

    @Override
    public void onStart(AdversarialTrainer trainer) {
      heard.add("start");
    }

    @Override
    public void onEnd(AdversarialTrainer trainer) {
      heard.add("end");
    }

    @Override
    public void onError(AdversarialTrainer trainer, RuntimeException error) {
      heard.add("error " + error.getMessage());
      throw new IllegalStateException("deaf");
    }
  }

  @Test
  void callbacks_ofARoundThatFails_allHearOfTheError() {
    Ear before = new Ear();
    Ear after = new Ear();
    IllegalStateException failure = new IllegalStateException("mine");
    try (AdversarialTrainer trainer = training(1e-4, 1e-4).start(points())) {
      trainer
          .with(before)
          .with(
              new AdversarialCallback() {
                @Override
                public void onRound(AdversarialTrainer t, Round round) {
                  if (round.number() == 3) {
                    throw failure;
                  }
                }
              })
          .with(after);

      assertThatThrownBy(() -> trainer.train(5))
          .isSameAs(failure)
          .hasSuppressedException(new IllegalStateException("deaf"));

      assertThat(before.heard).containsExactly("start", "error mine");
      assertThat(after.heard).containsExactly("start", "error mine");
      trainer.train(5); // goes on after it
      assertThat(after.heard).endsWith("start", "end");
    }
  }

  @Test
  void callbacks_ofAStepThatFails_hearOfTheError() {
    Ear ear = new Ear();
    try (AdversarialTrainer trainer = poisoned().start(points())) {
      trainer.with(ear);
      assertThatThrownBy(() -> trainer.train(3)).isInstanceOf(NonFiniteException.class);
      assertThat(ear.heard).hasSize(2).last().asString().startsWith("error Model");
    }
  }

  @Test
  void stateOfTheBestMeasure_isWhereItGoesBackTo() {
    AdversarialTraining recipe = training(1e-4, 1e-4);
    AtomicInteger calls = new AtomicInteger();
    double[] measures = {9, 5, 3, 7, 6};
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.with(
          Watchdog.rollingBack(directory)
              .checkEvery(2)
              .diversity(0)
              .bestBy(t -> measures[calls.getAndIncrement()]));

      trainer.train(8);
      trainer.restore(directory);

      assertThat(calls).hasValue(5);
      assertThat(trainer.counters().rounds()).isEqualTo(4);
    }
  }

  private static Watchdog.Measure saying(double... values) {
    AtomicInteger calls = new AtomicInteger();
    return trainer -> values[calls.getAndIncrement()];
  }

  @Test
  void metricThatHasGotWorse_endsTheTraining() {
    try (AdversarialTrainer trainer = training(1e-4, 1e-4).start(points())) {
      // 7.6 counts, 7.4 does not, and one good value starts the count anew
      Watchdog.Measure metric = saying(9, 5, 7.6, 7.4, 7.6, Double.NaN, 1);
      trainer.with(Watchdog.stopping().diversity(0).regression(metric, 2, 1.5, 2));
      Outcome outcome = trainer.train(100);
      assertThat(outcome.stopped().orElseThrow())
          .startsWith(
              "the metric has got worse: it was more than 1.50 times its best value, 5.000 of"
                  + " round 4, in 2 measurements up to round 12 (now NaN)");
      assertThat(outcome.counters().rounds()).isEqualTo(12);
    }
  }

  @Test
  void metricThatHasGotWorse_goesBackToItsBestState() {
    try (AdversarialTrainer trainer = training(1e-4, 1e-4).start(points())) {
      Watchdog.Measure metric = saying(9, 5, 7, 8, 20, 30);
      trainer.with(
          Watchdog.rollingBack(directory).diversity(0).checkEvery(1).regression(metric, 3, 3, 2));
      Outcome outcome = trainer.train(100);
      assertThat(outcome.stopped().orElseThrow())
          .startsWith("the metric has got worse")
          .endsWith("Went back from round 18 to round 6");
      assertThat(outcome.counters().rounds()).isEqualTo(6);
    }
  }

  @Test
  void metricThatHasGotWorse_withAWarning_goesOn() {
    try (AdversarialTrainer trainer = training(1e-4, 1e-4).start(points())) {
      Watchdog.Measure metric = saying(1, 5, 5, 5, 5);
      trainer.with(Watchdog.warning().diversity(0).regression(metric, 2, 2, 1));
      assertThat(trainer.train(10).stopped()).isEmpty();
    }
  }

  /** A run that does well at this rate and collapses at 50 times as much. */
  private static Outcome runAt(double rate, Watchdog watchdog) {
    try (AdversarialTrainer trainer = training(rate, rate).start(points())) {
      trainer.with(watchdog.saturation(0.01, 20).checkEvery(20));
      return trainer.train(1000);
    }
  }

  @Test
  void runAtFiftyTimesTheRate_isStoppedWithAReason() {
    assertThat(runAt(1e-2, Watchdog.stopping()).stopped()).isEmpty();
    Outcome collapsed = runAt(50 * 1e-2, Watchdog.stopping());
    assertThat(collapsed.stopped().orElseThrow())
        .containsAnyOf("the discriminator has won", "samples have become alike", "NaN or infinity");
    assertThat(collapsed.counters().rounds()).isLessThan(1000);
  }

  @Test
  void runAtFiftyTimesTheRate_isRolledBackWithAReason() {
    Outcome collapsed = runAt(50 * 1e-2, Watchdog.rollingBack(directory));
    assertThat(collapsed.stopped().orElseThrow())
        .containsAnyOf("the discriminator has won", "samples have become alike", "NaN or infinity")
        .containsPattern("Went back from round \\d+ to round \\d+$");
  }

  private static AdversarialTraining poisoned() {
    Model generator = Model.sequential("generator", Input.of("z", 2), Dense.units(2).named("g0"));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("x", 2),
            Dense.units(4).named("d0"),
            Lambda.of("poison", (ops, in) -> ops.log(ops.shift(ops.square(in.get(0)), -1e6))),
            Dense.units(1).named("d1"));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)),
            Objective.of(AdversarialLosses.nonSaturating()))
        .initializing()
        .optimizers(Optimizers.both(Sgd.rate(0.1)))
        .batch(8);
  }

  @Test
  void nan_namesTheLayerThatMadeItAndEndsTheTraining() {
    try (AdversarialTrainer trainer = poisoned().start(points())) {
      trainer.with(Watchdog.stopping());

      Outcome outcome = trainer.train(3);

      assertThat(outcome.stopped().orElseThrow())
          .startsWith(
              "a step met NaN or infinity: Model \"discriminator_step\": the loss is NaN in step 1")
          .contains("first made by op log in \"discriminator/poison\"");
      assertThat(outcome.counters()).isEqualTo(Counters.START);
    }
  }

  @Test
  void nan_withoutAWatchdog_isAnError() {
    try (AdversarialTrainer trainer = poisoned().start(points())) {
      assertThatThrownBy(() -> trainer.train(3)).isInstanceOf(NonFiniteException.class);
    }
  }

  @Test
  void warning_goesOn() {
    AdversarialTraining recipe = training(1e-9, 0.05).keepingWeights();
    recipe.pair().generator().weight("g1/bias").set(Nd4j.createFromArray(20f, 20f));
    try (AdversarialTrainer trainer = recipe.start(points())) {
      trainer.with(Watchdog.warning().saturation(0.5, 3).diversity(0));

      assertThat(trainer.train(40).counters().rounds()).isEqualTo(40);
    }
  }

  @Test
  void watchdog_ofWrongNumbers_isRefused() {
    assertThatThrownBy(() -> Watchdog.stopping().diversity(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("diversity of a watchdog is not in [0, 1): 2.0");
    assertThatThrownBy(() -> Watchdog.stopping().checkEvery(0))
        .hasMessageContaining("are not at least 1");
    assertThatThrownBy(() -> Watchdog.stopping().regression(t -> 0, 1, 1, 1))
        .hasMessage("factor of a regression is not above 1: 1.0");
    assertThatThrownBy(() -> Watchdog.stopping().regression(t -> 0, 0, 2, 1))
        .hasMessageContaining("not 1 every 0");
  }
}
