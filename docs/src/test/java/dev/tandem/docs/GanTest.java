package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.gan.objective.loss.AdversarialLosses.leastSquares;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;
import static dev.tandem.gan.objective.loss.AdversarialLosses.relativistic;
import static dev.tandem.gan.objective.penalty.Penalties.r1;
import static dev.tandem.gan.objective.penalty.Penalties.r2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.data.Edges;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.ResNetGan;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.net.UNet;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.step.Steps;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.Counters;
import dev.tandem.gan.train.Outcome;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Watchdog;
import dev.tandem.gan.train.WeightAverage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on GANs shows. */
class GanTest {

  private static final Dataset DATA =
      Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 1_000)).build();

  @Test
  void records_inTheirOrder_train() {
    Dataset data = DATA;
    // region pair
    Model generator =
        Model.sequential(
            "generator", Input.of("noise", 2), Dense.units(64).activation(relu()), Dense.units(2));
    Model critic =
        Model.sequential(
            "critic",
            Input.of("point", 2),
            Dense.units(64).activation(leakyRelu(0.2)),
            Dense.units(1));
    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(2));
    // endregion
    // region objective
    Objective objective =
        Objective.of(relativistic())
            .penalty(r1(0.01)) // in every step of the discriminator
            .lazyPenalty(r2(0.01), 4); // in a step of its own after every fourth
    // endregion
    // region steps
    Optimizers optimizers =
        Optimizers.of(Adam.rate(1e-3).beta1(0), Adam.rate(2e-3).beta1(0)); // generator's first
    Steps steps = Steps.compile(pair, objective, optimizers, new PlanEngine(), 1);
    // endregion
    // region schedule
    Alternation schedule = Alternation.alternating().discriminatorSteps(1.5); // 1, 2, 1, 2, …
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, objective)
            .initializing()
            .optimizers(optimizers)
            .schedule(schedule)
            .average(WeightAverage.rampedDecay(0.999))
            .batch(64)
            .seed(1);
    AdversarialTrainer trainer = recipe.start(data, steps); // or start(data)
    Outcome outcome = trainer.train(8);
    Counters counters = outcome.counters(); // 8 rounds, 12 + 3 and 8 steps, 768 samples
    INDArray samples = trainer.sample(5, 1); // of the averaged generator
    // endregion
    trainer.close();
    assertThat(counters).isEqualTo(new Counters(8, 12, 8, 3, 768));
    assertThat(samples.shape()).containsExactly(5, 2);
    assertThat(trainer.generator()).isNotSameAs(generator);
  }

  @Test
  void nets_drawnToSize_makeAPair() {
    // region nets
    ResNetGan nets = ResNetGan.sagan(32, 3).filters(32).classes(10);
    AdversarialPair pair =
        AdversarialPair.conditional(
            nets.generator("generator"),
            nets.discriminator("discriminator"),
            Latent.normal(nets.latent()),
            nets.classes());
    // endregion
    assertThat(pair.sampleShape().toArray()).containsExactly(32, 32, 3);
  }

  @Test
  void numbers_thatChange_train() {
    // region varying
    // R3GAN's way of annealing, with numbers of your own
    Objective objective =
        Objective.of(relativistic())
            .penalty(r1(0.1), Schedules.cosineDecay(1, 5_000, 0.1)) // a factor of the weight
            .penalty(r2(0.1), Schedules.cosineDecay(1, 5_000, 0.1))
            .augment(
                Augmentations.at(
                    Strength.scheduled(Schedules.cosineDecay(1, 5_000, 0)),
                    Augmentations.instanceNoise(0.1)));
    Adam adam = Adam.rate(Schedules.cosineDecay(2e-3, 5_000, 5e-4)).beta1(0);
    Optimizers optimizers = Optimizers.both(adam.beta2(Schedules.cosineDecay(0.9, 5_000, 0.99)));
    WeightAverage average =
        WeightAverage.halfLife(Schedules.cosineDecay(0, 5_000, 80_000)); // in images
    // endregion
    AdversarialTraining recipe =
        Presets.named("r3gan")
            .on(DATA)
            .objective(objective)
            .optimizers(optimizers)
            .average(average);
    try (AdversarialTrainer trainer = recipe.start(DATA)) {
      trainer.train(3);
      double expected = Schedules.cosineDecay(1, 5_000, 0.1).at(2);
      assertThat(trainer.values().get("penalty_2/value")).isCloseTo(expected, within(1e-6));
      assertThat(trainer.values()).containsKey("augmentation/value");
    }
  }

  @Test
  void preset_resumed_endsWhereItWould(@TempDir Path directory) {
    Dataset data = DATA;
    // region resume
    AdversarialTraining recipe = Presets.named("r3gan").on(data).batch(64).seed(1);
    RollingCheckpoints checkpoints = RollingCheckpoints.in(directory, 3, 10);
    AdversarialTrainer trainer = recipe.start(data);
    trainer.with(checkpoints).train(20);

    AdversarialTrainer later = recipe.resume(data, checkpoints.latest().orElseThrow());
    later.train(20); // the same bits as 40 rounds in one go
    // endregion
    INDArray resumed = later.sample(10, 1);
    trainer.close();
    later.close();
    assertThat(later.counters().rounds()).isEqualTo(40);
    try (AdversarialTrainer whole = Presets.named("r3gan").on(data).batch(64).seed(1).start(data)) {
      whole.train(40);
      assertThat(whole.sample(10, 1)).isEqualTo(resumed);
    }
  }

  @Test
  void pairsOfImages_thatTranslate_train() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 12, 16, 16, 1);
    CounterRandom.of(1).uniform(images);
    INDArray edges = Edges.of(images, 0.1);
    INDArray others = images.neg();
    // region translating
    AdversarialPair paired =
        AdversarialPair.translating(
            UNet.sized(16, 16, 1, 1).filters(8).build("generator"), // an image in, an image out
            PatchGan.sized(16, 16, 2).filters(8).build("discriminator"), // sees both: 2 channels
            100); // times the mean absolute difference to the target
    Dataset pairs = Dataset.builder().input("edges", edges).target("images", images).build();
    AdversarialTrainer trainer =
        AdversarialTraining.of(paired, Objective.of(nonSaturating())).batch(4).start(pairs);
    trainer.train(2);
    INDArray made = trainer.translate(edges);
    // endregion
    trainer.close();
    assertThat(made.shape()).isEqualTo(images.shape());
    Dataset first = Dataset.builder().input("images", images).build();
    Dataset second = Dataset.builder().input("others", others).build().take(7);
    // region cyclic
    AdversarialPair cycle =
        AdversarialPair.cyclic(
            new Direction(
                ResNetGenerator.sized(16, 16, 1, 1).filters(4).blocks(1).build("forth"),
                PatchGan.sized(16, 16, 1).filters(8).build("judge_forth")),
            new Direction(
                ResNetGenerator.sized(16, 16, 1, 1).filters(4).blocks(1).build("back"),
                PatchGan.sized(16, 16, 1).filters(8).build("judge_back")),
            new Cycle(5, 2.5, 50)); // there and back, identity, earlier fakes that are kept
    AdversarialTrainer cyclic =
        AdversarialTraining.of(cycle, Objective.of(leastSquares())).batch(4).start(first, second);
    cyclic.train(2);
    INDArray there = cyclic.translate(images);
    INDArray back = cyclic.translateBack(there);
    // endregion
    cyclic.close();
    assertThat(back.shape()).isEqualTo(images.shape());
  }

  @Test
  void watchdog_ofAHealthyRun_saysNothing(@TempDir Path directory) {
    try (AdversarialTrainer trainer = Presets.named("r3gan").on(DATA).seed(1).start(DATA)) {
      // region watchdog
      Watchdog watchdog =
          Watchdog.rollingBack(directory) // or warning(), stopping()
              .saturation(0.01, 200) // 1 % of the loss of telling nothing apart, for 200 rounds
              .diversity(0.1) // 10 % of the standard deviation of real samples, twice
              .checkEvery(10);
      Outcome outcome = trainer.with(watchdog).train(20);
      String reason = outcome.stopped().orElse("none");
      // endregion
      assertThat(reason).isEqualTo("none");
      assertThat(directory).isNotEmptyDirectory();
    }
  }
}
