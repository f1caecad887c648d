package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.predict;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.values;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Trainer;
import org.junit.jupiter.api.DisplayName;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What one step moves when models share layers. */
class WhatMovesTest {

  /** A trunk S = 2 under the heads A = 3 of m1 and B = −1 of m2. */
  private static final class TwoHeads {
    final Dense trunk = times("S", 2);
    final Dense left = times("A", 3);
    final Dense right = times("B", -1);
    final Model first;
    final Model second;

    TwoHeads() {
      Input x = Input.of("x", 1);
      SymbolicTensor hidden = trunk.apply(x);
      first = Model.of("m1", x, left.apply(hidden));
      second = Model.of("m2", x, right.apply(hidden));
    }

    void assertWeights(double wantedTrunk, double wantedLeft, double wantedRight) {
      assertThat(weight(trunk)).as("S").isCloseTo(wantedTrunk, CLOSE);
      assertThat(weight(left)).as("A").isCloseTo(wantedLeft, CLOSE);
      assertThat(weight(right)).as("B").isCloseTo(wantedRight, CLOSE);
    }
  }

  @OnBothEngines
  @DisplayName("case 20: two models over one trunk, one step each from the start")
  void sharedTrunk_stepOfEitherModel_movesTrunkAndItsHead(Engine engine) {
    TwoHeads one = new TwoHeads();
    assertThat(step(one.first.compile(descent(engine, 0.1)), 1, 1)).isCloseTo(25, CLOSE);
    one.assertWeights(-1, 1, -1);

    TwoHeads other = new TwoHeads();
    assertThat(step(other.second.compile(descent(engine, 0.1)), 1, 1)).isCloseTo(9, CLOSE);
    other.assertWeights(1.4, 3, 0.2);
  }

  @OnBothEngines
  @DisplayName("case 21: the first model frozen")
  void sharedTrunk_oneModelFrozen_onlyTheOtherMovesIt(Engine engine) {
    TwoHeads heads = new TwoHeads();
    heads.first.setTrainable(false);
    Trainer first = heads.first.compile(descent(engine, 0.1));
    Trainer second = heads.second.compile(descent(engine, 0.1));

    assertThat(step(first, 1, 1)).isCloseTo(25, CLOSE);
    heads.assertWeights(2, 3, -1);
    step(second, 1, 1);
    heads.assertWeights(1.4, 3, 0.2);
    assertThat(predict(first, 1)).isCloseTo(4.2, CLOSE);
    assertThat(predict(second, 1)).isCloseTo(0.28, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 22: the trunk's layer frozen")
  void sharedTrunk_layerFrozen_noModelMovesIt(Engine engine) {
    TwoHeads heads = new TwoHeads();
    heads.trunk.setTrainable(false);
    Trainer first = heads.first.compile(descent(engine, 0.1));
    Trainer second = heads.second.compile(descent(engine, 0.1));

    step(first, 1, 1);
    heads.assertWeights(2, 1, -1);
    step(second, 1, 1);
    heads.assertWeights(2, 1, 0.2);
  }

  @OnBothEngines
  @DisplayName("case 23: a scalar GAN, one step each")
  void scalarGan_oneStepEach_givesTheNumbers(Engine engine) {
    ScalarGan gan = new ScalarGan();
    Trainer judge = gan.compile(gan.discriminator, engine);
    gan.discriminator.setTrainable(false);
    Trainer forger = gan.compile(gan.combined, engine);

    assertThat(gan.judge(judge)).isCloseTo(1, CLOSE);
    assertThat(weight(gan.d)).isCloseTo(1.85, CLOSE);
    assertThat(weight(gan.g)).isCloseTo(0.5, CLOSE);

    assertThat(gan.forge(forger)).isCloseTo(0.005625, CLOSE);
    assertThat(weight(gan.g)).isCloseTo(0.52775, CLOSE);
    assertThat(weight(gan.d)).isCloseTo(1.85, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 24: compile D, freeze D, compile combined, alternate without toggling")
  void classicIdiom_threeAlternations_eachTrainerMovesItsOwn(Engine engine) {
    ScalarGan gan = new ScalarGan();
    Trainer judge = gan.compile(gan.discriminator, engine);
    gan.discriminator.setTrainable(false);
    Trainer forger = gan.compile(gan.combined, engine);

    for (int i = 0; i < 3; i++) {
      double g = weight(gan.g);
      double d = weight(gan.d);
      gan.judge(judge);
      assertThat(weight(gan.g)).as("G after D's step").isEqualTo(g);
      assertThat(weight(gan.d)).as("D after D's step").isNotEqualTo(d);
      d = weight(gan.d);
      gan.forge(forger);
      assertThat(weight(gan.g)).as("G after the combined step").isNotEqualTo(g);
      assertThat(weight(gan.d)).as("D after the combined step").isEqualTo(d);
    }
    assertThat(gan.discriminator.isTrainable()).isFalse();
    assertThat(gan.d.isTrainable() && gan.g.isTrainable()).isTrue();
  }

  @OnBothEngines
  @DisplayName("case 25: case 24 with D's flag toggled before every call")
  void classicIdiom_withToggling_givesTheSameNumbers(Engine engine) {
    ScalarGan plain = new ScalarGan();
    Trainer plainJudge = plain.compile(plain.discriminator, engine);
    plain.discriminator.setTrainable(false);
    Trainer plainForger = plain.compile(plain.combined, engine);
    ScalarGan toggled = new ScalarGan();
    Trainer judge = toggled.compile(toggled.discriminator, engine);
    toggled.discriminator.setTrainable(false);
    Trainer forger = toggled.compile(toggled.combined, engine);

    for (int i = 0; i < 3; i++) {
      plain.judge(plainJudge);
      toggled.discriminator.setTrainable(true);
      toggled.judge(judge);
      assertThat(toggled.weights()).isEqualTo(plain.weights());
      plain.forge(plainForger);
      toggled.discriminator.setTrainable(false);
      toggled.forge(forger);
      assertThat(toggled.weights()).isEqualTo(plain.weights());
    }
  }

  @OnBothEngines
  @DisplayName("case 26: combined compiled before D is frozen")
  void combined_compiledBeforeFreezing_movesBoth(Engine engine) {
    ScalarGan gan = new ScalarGan();
    Trainer both = gan.compile(gan.combined, engine);
    gan.discriminator.setTrainable(false);

    step(both, 1, 2);

    assertThat(weight(gan.g)).isCloseTo(0.5 + 0.1 * 2 * 1 * 2, CLOSE);
    assertThat(weight(gan.d)).isCloseTo(2 + 0.1 * 2 * 1 * 0.5, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 27: the gradient goes through a frozen layer")
  void frozenLayerInTheMiddle_step_movesBothSidesOfIt(Engine engine) {
    Dense g = times("g", 1);
    Dense f = times("f", 2).trainable(false);
    Dense h = times("h", 3);
    Model model = Model.sequential("m", Input.of("x", 1), g, f, h);

    step(model.compile(descent(engine, 0.01)), 1, 0);

    assertThat(weight(g)).isCloseTo(0.28, CLOSE);
    assertThat(weight(f)).isEqualTo(2);
    assertThat(weight(h)).isCloseTo(2.76, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 28: one weight by way of a frozen model and directly")
  void weight_frozenAndLivePath_movesByTheFullGradient(Engine engine) {
    Dense shared = times("w", 1);
    Model frozen = Model.sequential("frozen", Input.of("y", 1), shared);
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Add.of().apply(frozen.apply(x), shared.apply(x)));
    frozen.setTrainable(false);

    step(model.compile(descent(engine, 0.1)), 1, 0);

    assertThat(weight(shared)).isCloseTo(0.2, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 29: one weight through two trainable models")
  void weight_throughTwoModels_movesOnce(Engine engine) {
    Dense shared = times("w", 1);
    Model left = Model.sequential("left", Input.of("y", 1), shared);
    Model right = Model.sequential("right", Input.of("z", 1), shared);
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Add.of().apply(left.apply(x), right.apply(x)));
    Trainer trainer = model.compile(descent(engine, 0.1));

    step(trainer, 1, 0);

    assertThat(trainer.moves()).containsExactly(shared.weight("kernel"));
    assertThat(weight(shared)).isCloseTo(0.2, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 30: one layer frozen for one trainer and not for another")
  void layer_frozenInOneTrainerOnly_movesForBothByTheOther(Engine engine) {
    Dense dense = Dense.units(32).named("dense").trainable(false);
    Model model = Model.sequential("m", Input.of("x", 4), dense);
    Trainer frozen = model.compile(descent(engine, 0.1));
    dense.setTrainable(true);
    Trainer live = model.compile(descent(engine, 0.1));
    INDArray x = Nd4j.ones(DataType.FLOAT, 2, 4);
    INDArray y = Nd4j.ones(DataType.FLOAT, 2, 32);
    double[][] start = values(model);
    INDArray before = frozen.predict(x);

    frozen.trainOnBatch(x, y);
    assertThat(values(model)).isDeepEqualTo(start);
    live.trainOnBatch(x, y);

    assertThat(values(model)[0]).isNotEqualTo(start[0]);
    assertThat(frozen.predict(x)).isNotEqualTo(before).isEqualTo(live.predict(x));
  }

  @OnBothEngines
  @DisplayName("case 31: a flag changed after compiling")
  void flag_changedAfterCompile_holdsForTheNextTrainer(Engine engine) {
    Dense dense = times("w", 1);
    Model model = Model.sequential("m", Input.of("x", 1), dense);
    Trainer before = model.compile(descent(engine, 0.1));
    dense.setTrainable(false);

    step(before, 1, 0);
    assertThat(weight(dense)).isCloseTo(0.8, CLOSE);
    step(model.compile(descent(engine, 0.1)), 1, 0);
    assertThat(weight(dense)).isCloseTo(0.8, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 32: only(G) on a combined model with all flags on")
  void only_ofTheGenerator_movesItAndWritesNoFlag(Engine engine) {
    ScalarGan gan = new ScalarGan();
    Trainer trainer = gan.combined.compile(descent(engine, 0.1).only(gan.generator));

    step(trainer, 1, 2);

    assertThat(weight(gan.g)).isCloseTo(0.9, CLOSE);
    assertThat(weight(gan.d)).isEqualTo(2);
    assertThat(gan.combined.isTrainable() && gan.discriminator.isTrainable()).isTrue();
    assertThat(gan.generator.isTrainable()).isTrue();
    assertThat(gan.g.isTrainable() && gan.d.isTrainable()).isTrue();
  }
}
