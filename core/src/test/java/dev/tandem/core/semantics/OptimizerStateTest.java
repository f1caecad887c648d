package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.momentum;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import org.junit.jupiter.api.DisplayName;

/** Optimizer state belongs to a trainer and a weight. Momentum .9, rate .1. */
class OptimizerStateTest {

  @OnBothEngines
  @DisplayName("case 40: two trainers over one weight keep momenta of their own")
  void sharedWeight_stepsOfTwoTrainers_doNotMixMomenta(Engine engine) {
    Dense shared = times("w", 1);
    Model first = Model.sequential("m1", Input.of("x", 1), shared);
    Model second = Model.sequential("m2", Input.of("y", 1), shared);
    Training recipe = momentum(engine, 0.1);
    Trainer toZero = first.compile(recipe);
    Trainer toTwo = second.compile(recipe);

    step(toZero, 1, 0);
    assertThat(weight(shared)).isCloseTo(0.8, CLOSE);
    step(toZero, 1, 0);
    assertThat(weight(shared)).isCloseTo(0.46, CLOSE);
    step(toTwo, 1, 2);
    assertThat(weight(shared)).isCloseTo(0.768, CLOSE);
    step(toZero, 1, 0);
    assertThat(weight(shared)).isCloseTo(0.3084, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 41: compiling again starts from fresh state")
  void compile_again_forgetsMomentum(Engine engine) {
    Dense dense = times("w", 1);
    Model model = Model.sequential("m", Input.of("x", 1), dense);
    Trainer first = model.compile(momentum(engine, 0.1));
    step(first, 1, 0);
    step(first, 1, 0);

    step(model.compile(momentum(engine, 0.1)), 1, 0);

    assertThat(weight(dense)).isCloseTo(0.368, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 41: recompile keeps the state")
  void recompile_afterTwoSteps_keepsMomentum(Engine engine) {
    Dense dense = times("w", 1);
    Trainer first = Model.sequential("m", Input.of("x", 1), dense).compile(momentum(engine, 0.1));
    step(first, 1, 0);
    step(first, 1, 0);

    Trainer next = first.recompile();
    step(next, 1, 0);

    assertThat(weight(dense)).isCloseTo(0.062, CLOSE);
    assertThat(next.steps()).isEqualTo(3);
  }

  @OnBothEngines
  @DisplayName("case 42: one recipe for D and combined")
  void recipe_usedForBothSides_givesStateOfTheirOwn(Engine engine) {
    ScalarGan one = new ScalarGan();
    Training recipe = momentum(engine, 0.1);
    Trainer judge = one.discriminator.compile(recipe);
    one.discriminator.setTrainable(false);
    Trainer forger = one.combined.compile(recipe);
    ScalarGan two = new ScalarGan();
    Trainer otherJudge = two.discriminator.compile(momentum(engine, 0.1));
    two.discriminator.setTrainable(false);
    Trainer otherForger = two.combined.compile(momentum(engine, 0.1));

    one.judge(judge);
    one.forge(forger);
    assertThat(weight(one.d)).as("a first step has no momentum").isCloseTo(1.85, CLOSE);
    assertThat(weight(one.g)).as("nor that of the other side").isCloseTo(0.52775, CLOSE);

    two.judge(otherJudge);
    two.forge(otherForger);
    for (int i = 0; i < 3; i++) {
      one.judge(judge);
      one.forge(forger);
      two.judge(otherJudge);
      two.forge(otherForger);
      assertThat(one.weights()).isEqualTo(two.weights());
    }
  }

  @OnBothEngines
  @DisplayName("rule 10: recompile starts the state of newly selected weights at zero")
  void recompile_withALayerUnfrozen_keepsOldAndStartsNewState(Engine engine) {
    Dense early = times("early", 1);
    Dense late = times("late", 1).trainable(false);
    Trainer first =
        Model.sequential("m", Input.of("x", 1), early, late).compile(momentum(engine, 0.1));
    step(first, 1, 0);
    assertThat(weight(early)).isCloseTo(0.8, CLOSE);
    late.setTrainable(true);

    Trainer next = first.recompile();
    step(next, 1, 0);

    // Both gradients are 1.6 and 1.28; early has the momentum -.2 and late has none.
    assertThat(weight(early)).isCloseTo(0.8 - 0.9 * 0.2 - 0.1 * 1.6, CLOSE);
    assertThat(weight(late)).isCloseTo(1 - 0.1 * 1.28, CLOSE);
  }

  @OnBothEngines
  @DisplayName("house rule: a frozen weight has no optimizer state")
  void state_ofATrainer_isOfMovedWeightsOnly(Engine engine) {
    Dense early = times("early", 1);
    Dense late = times("late", 1).trainable(false);
    Trainer trainer =
        Model.sequential("m", Input.of("x", 1), early, late).compile(momentum(engine, 0.1));

    assertThat(trainer.state().slots()).hasSize(1);
    assertThat(trainer.state().slots().keySet().asList().get(0)).contains("early/kernel");
  }
}
