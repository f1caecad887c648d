package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What may change when a run goes on, and what is left of the run. */
class ChangesTest {

  @TempDir Path directory;

  private static Dataset points(int seed) {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 60, 2);
    CounterRandom.of(seed).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  private static final Dataset DATA = points(1);

  private static AdversarialTraining recipe() {
    Model generator = Model.sequential("generator", Input.of("z", 2), Dense.units(2).named("g0"));
    Model discriminator =
        Model.sequential("discriminator", Input.of("x", 2), Dense.units(1).named("d0"));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)),
            Objective.of(AdversarialLosses.hinge()).penalty(Penalties.r1(0.1)))
        .average(WeightAverage.decay(0.9))
        .initializing()
        .batch(8)
        .seed(5);
  }

  private void save(int rounds) {
    try (AdversarialTrainer trainer = recipe().start(DATA)) {
      trainer.train(rounds);
      trainer.save(directory);
    }
  }

  private void assertChanges(
      UnaryOperator<AdversarialTraining> change, String setting, String was, String is) {
    AdversarialTraining other = change.apply(recipe());
    assertThatThrownBy(() -> other.resume(DATA, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(setting + " may change where resume is given Changes.of(names)");
    assertThatThrownBy(() -> other.resume(DATA, directory, Changes.of("seed")))
        .isInstanceOf(DataFileException.class);
    try (AdversarialTrainer trainer = other.resume(DATA, directory, Changes.of(setting))) {
      assertThat(trainer.changes()).containsExactly(new SettingChange(3, setting, was, is));
      assertThat(trainer.counters().rounds()).isEqualTo(3);
      trainer.train(1);
    }
    try (AdversarialTrainer trainer = other.resume(DATA, directory, Changes.sound())) {
      assertThat(trainer.changes()).hasSize(1);
    }
  }

  private void assertNeverChanges(UnaryOperator<AdversarialTraining> change, String... words) {
    assertThatThrownBy(() -> change.apply(recipe()).resume(DATA, directory, Changes.sound()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(words)
        .hasMessageNotContaining("may change");
  }

  @Test
  void resume_withSoundChanges_goesOnWithThem() {
    save(3);

    assertChanges(r -> r.batch(12), "batch", "8", "12");
    assertChanges(
        r ->
            r.optimizers(Optimizers.of(Adam.rate(1e-3).beta1(0.5), r.optimizers().discriminator())),
        "optimizer.generator.rate",
        "2.0E-4",
        "0.001");
    assertChanges(
        r ->
            r.optimizers(
                Optimizers.of(
                    r.optimizers().generator(),
                    Adam.rate(Schedules.cosineDecay(1e-3, 9)).beta1(0.5))),
        "optimizer.discriminator.rate",
        "2.0E-4",
        "cosine_decay");
    assertChanges(
        r -> r.objective(r.objective().penalties(ImmutableList.of()).penalty(Penalties.r1(2))),
        "penalties.0.gamma",
        "0.1",
        "2.0");
    assertChanges(r -> r.average(WeightAverage.decay(0.5)), "average.decay", "0.9", "0.5");
    assertChanges(
        r -> r.average(WeightAverage.rampedDecay(0.9)), "average", "average", "ramped_average");
    assertThatThrownBy(() -> recipe().engine(new SameDiffEngine()).resume(DATA, directory))
        .hasMessageContaining("device may change");
    try (AdversarialTrainer trainer =
        recipe().engine(new SameDiffEngine()).resume(DATA, directory, Changes.of("device"))) {
      assertThat(trainer.changes())
          .containsExactly(new SettingChange(3, "device", "cpu", "samediff"));
    }
  }

  @Test
  void resume_withChangesThatMakeAnotherRun_isRefused() {
    save(3);

    assertNeverChanges(r -> r.seed(6), "  seed  5    6\n");
    assertNeverChanges(
        r -> r.optimizers(Optimizers.both(Sgd.rate(2e-4))), "  optimizer.generator  ", "  sgd\n");
    assertNeverChanges(
        r -> r.optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0.1))),
        "  optimizer.discriminator.beta1  0.5  0.1\n");
    assertNeverChanges(
        r -> r.objective(Objective.of(AdversarialLosses.wasserstein()).penalty(Penalties.r1(0.1))),
        "  loss  hinge  wasserstein\n");
    assertNeverChanges(
        r -> r.objective(r.objective().penalty(Penalties.r2(1))),
        "  penalties  1 entry  2 entries");
    assertNeverChanges(
        r -> r.schedule(Alternation.alternating().discriminatorSteps(2)),
        "  schedule.discriminator_steps  1.0  2.0\n");
    assertNeverChanges(r -> r.objective(r.objective().smoothLabels(0.1)), "  labels.smoothing  ");
  }

  @Test
  void changes_areKeptWithTheRun() {
    save(3);
    AdversarialTraining second = recipe().batch(12);
    try (AdversarialTrainer trainer = second.resume(DATA, directory, Changes.sound())) {
      trainer.train(2);
      trainer.save(directory);
      trainer.train(1);
      trainer.restore(directory);
      assertThat(trainer.changes()).hasSize(1);
    }
    AdversarialTraining third = second.average(WeightAverage.decay(0.5));

    try (AdversarialTrainer trainer = third.resume(DATA, directory, Changes.of("average"))) {
      assertThat(trainer.changes())
          .containsExactly(
              new SettingChange(3, "batch", "8", "12"),
              new SettingChange(5, "average.decay", "0.9", "0.5"));
      trainer.save(directory);
    }
    try (AdversarialTrainer trainer = third.resume(DATA, directory)) {
      assertThat(trainer.changes()).hasSize(2);
      assertThat(trainer.changes().get(1))
          .hasToString("after round 5 average.decay was 0.9 and is 0.5");
    }
  }

  /** 60 points, in batches of 8 (7 an epoch) and of 12 (5 an epoch). */
  @Test
  void batch_thatChanges_goesOnWithTheNextSamples() {
    save(3); // 24 samples were seen

    try (AdversarialTrainer trainer = recipe().batch(12).resume(DATA, directory, Changes.sound())) {
      assertThat(trainer.position()).isEqualTo(new BatchPosition(0, 2));
    }
    save(7); // all whole batches of an epoch
    try (AdversarialTrainer trainer = recipe().batch(3).resume(DATA, directory, Changes.sound())) {
      assertThat(trainer.position().epoch() * 20 + trainer.position().batch()).isBetween(18, 20);
      trainer.train(1);
    }
  }

  @Test
  void change_ofNothing_givesTheSameBits() {
    save(3);
    Map<String, String> strict;
    try (AdversarialTrainer trainer = recipe().resume(DATA, directory)) {
      trainer.train(2);
      strict = RunArrays.of(trainer);
    }
    try (AdversarialTrainer trainer = recipe().resume(DATA, directory, Changes.sound())) {
      trainer.train(2);
      assertThat(RunArrays.of(trainer)).isEqualTo(strict);
    }
  }

  @Test
  void data_ofOtherSamples_areRefusedByDigest() {
    save(3);

    assertThatThrownBy(() -> recipe().resume(points(2), directory, Changes.sound()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("  data  digest ")
        .hasMessageContaining("Nothing was loaded");
  }

  @Test
  void run_withoutADigest_isResumed() {
    try (AdversarialTrainer trainer = recipe().start(DATA)) {
      trainer.train(1);
      RunState now = RunFiles.state(trainer);
      RunState then = RunState.at(trainer.position());
      for (Map.Entry<String, Long> number : now.numbers().entrySet()) {
        then = then.with(number.getKey(), number.getValue());
      }
      for (Map.Entry<String, String> text : now.texts().entrySet()) {
        if (!text.getKey().equals("data digest")) {
          then = then.with(text.getKey(), text.getValue());
        }
      }
      RunFiles.checkpoint(trainer).save(directory, then);
    }
    assertThat(Checkpoint.runState(directory).texts()).doesNotContainKey("data digest");

    try (AdversarialTrainer trainer = recipe().resume(points(2), directory)) {
      assertThat(trainer.counters().rounds()).isEqualTo(1);
    }
  }

  @Test
  void table_ofLongValues_showsWhereTheyDiffer() {
    String was = "[Dense{units=10}, " + "Dense{units=20}, ".repeat(200) + "Dense{units=3}]";
    String is = was.replace("units=3", "units=4");
    SettingDifference difference = new SettingDifference("generator", was, is, false);

    String table = SettingTable.of(ImmutableList.of(difference));

    assertThat(table.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
    assertThat(table).contains("units=3", "units=4");
  }
}
