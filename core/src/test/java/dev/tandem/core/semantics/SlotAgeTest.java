package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.AdaBelief;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Adamax;
import dev.tandem.core.optimizer.Nadam;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A newly selected weight is corrected for the steps of its own slots, not of the trainer. */
class SlotAgeTest {

  private static final double RATE = 0.01;

  /** The sum of both weights times x: gradients of 1 for both. */
  private static final class Two {

    private final Dense early = times("early", 1);
    private final Dense late = times("late", 1);
    private final Model model;

    Two() {
      Input x = Input.of("x", 1);
      model =
          Model.of(
              "two",
              x,
              dev.tandem.core.layer.Add.of().named("sum").apply(early.apply(x), late.apply(x)));
    }

    Trainer compile(Optimizer optimizer, Engine engine) {
      return model.compile(Training.with(optimizer).loss(Losses.output()).engine(engine));
    }
  }

  private static void steps(Trainer trainer, int count) {
    for (int i = 0; i < count; i++) {
      trainer.trainOnBatch(Examples.of(column(1)));
    }
  }

  private static List<Optimizer> counting() {
    return List.of(
        Adam.rate(RATE),
        Adam.rate(RATE).amsgrad(),
        Adam.rate(RATE).beta2(Schedules.constant(0.99)),
        AdamW.rate(RATE).decay(0),
        Adamax.rate(RATE),
        AdaBelief.rate(RATE),
        Nadam.rate(RATE));
  }

  @OnBothEngines
  @DisplayName("rule 10: the state of newly selected weights starts anew, its count included")
  void recompile_withALayerUnfrozen_movesItAsInAFirstStep(Engine engine) {
    for (Optimizer optimizer : counting()) {
      Two fresh = new Two();
      steps(fresh.compile(optimizer, engine), 3);
      double third = weight(fresh.late);

      Two two = new Two();
      two.late.setTrainable(false);
      Trainer first = two.compile(optimizer, engine);
      steps(first, 10);
      double early = weight(two.early);
      assertThat(weight(two.late)).isEqualTo(1);
      two.late.setTrainable(true);
      Trainer next = first.recompile();
      steps(next, 3);

      assertThat(weight(two.late)).as("%s", optimizer).isCloseTo(third, within(1e-6));
      Two whole = new Two();
      steps(whole.compile(optimizer, engine), 13);
      assertThat(weight(two.early))
          .as("%s", optimizer)
          .isNotEqualTo(early)
          .isCloseTo(weight(whole.early), within(1e-6));
      assertThat(next.steps()).isEqualTo(13);
    }
  }

  @OnBothEngines
  void recompile_twiceWithAWeightFrozenAndUnfrozen_startsItAnew(Engine engine) {
    Two two = new Two();
    Trainer trainer = two.compile(Adam.rate(RATE), engine);
    steps(trainer, 5);
    two.late.setTrainable(false);
    trainer = trainer.recompile();
    steps(trainer, 5);
    two.late.setTrainable(true);
    trainer = trainer.recompile();
    double before = weight(two.late);

    steps(trainer, 1);

    assertThat(before - weight(two.late)).isCloseTo(RATE, within(1e-5));
  }

  @OnBothEngines
  void schedules_ofANewlySelectedWeight_areTheTrainers(Engine engine) {
    Two two = new Two();
    two.late.setTrainable(false);
    Adam adam = Adam.rate(step -> step < 10 ? 0.5 : RATE);
    Trainer trainer = two.compile(adam, engine);
    steps(trainer, 10);
    two.late.setTrainable(true);
    trainer = trainer.recompile();

    steps(trainer, 1);

    assertThat(1 - weight(two.late)).isCloseTo(RATE, within(1e-5));
  }

  @Test
  void beta2_ofANewlySelectedWeight_isTheTrainersAndItsCorrectionItsOwn() {
    Two two = new Two();
    two.late.setTrainable(false);
    Optimizer annealed = Adam.rate(RATE).beta2(Schedules.piecewise(List.of(9L), List.of(.5, .9)));
    Trainer trainer = two.compile(annealed, new PlanEngine());
    steps(trainer, 10);
    two.late.setTrainable(true);
    trainer = trainer.recompile();

    steps(trainer, 1);

    assertThat(trainer.state().slots().get("late/kernel#v").array().getDouble(0))
        .isCloseTo(.1, within(1e-6));
    assertThat(1 - weight(two.late)).isCloseTo(RATE, within(1e-5));
  }

  @OnBothEngines
  void checkpoint_ofWeightsOfDifferentAge_goesOnBitForBit(Engine engine, @TempDir Path dir) {
    Two two = new Two();
    two.late.setTrainable(false);
    Trainer trainer = two.compile(Adam.rate(RATE), engine);
    steps(trainer, 10);
    two.late.setTrainable(true);
    trainer = trainer.recompile();
    steps(trainer, 2);
    assertThat(trainer.state().counts()).containsOnly(java.util.Map.entry("late/kernel", 2L));
    Checkpoint.of(trainer).save(dir.resolve("save"));
    steps(trainer, 3);

    Two again = new Two();
    Trainer restored = again.compile(Adam.rate(RATE), engine);
    steps(restored, 1);
    Checkpoint.of(restored).restore(dir.resolve("save"));
    assertThat(restored.steps()).isEqualTo(12);
    assertThat(restored.state().counts()).containsOnly(java.util.Map.entry("late/kernel", 2L));
    steps(restored, 3);

    assertThat(Toys.values(again.model)).isDeepEqualTo(Toys.values(two.model));
  }

  @Test
  void state_ofWeightsOfOneAge_savesNoCounts() {
    Two two = new Two();
    Trainer trainer = two.compile(Adam.rate(RATE), new PlanEngine());
    steps(trainer, 3);

    assertThat(trainer.state().counts()).isEmpty();
    assertThat(trainer.recompile().state().counts()).isEmpty();
  }

  @Test
  void restoreSteps_withoutCounts_makesAllSlotsAsOldAsTheTrainer() {
    Two two = new Two();
    two.late.setTrainable(false);
    Trainer trainer = two.compile(Adam.rate(RATE), new PlanEngine());
    steps(trainer, 10);
    two.late.setTrainable(true);
    trainer = trainer.recompile();
    steps(trainer, 1);

    trainer.state().restoreSteps(4);
    assertThat(trainer.state().counts()).isEmpty();
    steps(trainer, 1);

    assertThat(weight(two.late)).isFinite();
  }
}
