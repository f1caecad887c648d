package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the numbered rules promise beyond the worked cases. */
class RulesTest {

  @Test
  @DisplayName("rule 2: a model's flag is written to nothing else")
  void modelFlag_switchedOff_isWrittenToNoLayerWeightOrModel() {
    Dense dense = times("w", 1);
    Model inner = Model.sequential("inner", Input.of("y", 1), dense);
    Model outer = Model.sequential("outer", Input.of("x", 1), inner, times("v", 1));

    outer.setTrainable(false);

    assertThat(inner.isTrainable()).isTrue();
    assertThat(dense.isTrainable()).isTrue();
    assertThat(inner.trainableWeights()).hasSize(1);
  }

  @OnBothEngines
  @DisplayName("rule 3: a frozen model in the middle of a path freezes what is inside it")
  void deepNesting_middleModelFrozen_freezesWhatIsInside(Engine engine) {
    Dense deep = times("deep", 2);
    Dense outside = times("outside", 3);
    Model inner = Model.sequential("inner", Input.of("a", 1), deep);
    Model middle = Model.sequential("middle", Input.of("b", 1), inner);
    Model outer = Model.sequential("outer", Input.of("c", 1), middle, outside);
    middle.setTrainable(false);
    Trainer trainer = outer.compile(descent(engine, 0.01));

    step(trainer, 1, 0);

    assertThat(trainer.moves()).containsExactly(outside.weight("kernel"));
    assertThat(weight(deep)).isEqualTo(2);
    assertThat(weight(outside)).isCloseTo(3 - 0.01 * 2 * 6 * 2, CLOSE);
    assertThat(inner.trainableWeights()).as("inner's own step").hasSize(1);
  }

  @OnBothEngines
  @DisplayName("rule 3: one live path among several frozen ones is enough")
  void severalPaths_oneLive_movesTheWeight(Engine engine) {
    Dense shared = times("w", 1);
    Model one = Model.sequential("one", Input.of("a", 1), shared);
    Model two = Model.sequential("two", Input.of("b", 1), shared);
    Model around = Model.sequential("around", Input.of("c", 1), two);
    Input x = Input.of("x", 1);
    SymbolicTensor sum = Add.of().apply(one.apply(x), around.apply(x), two.apply(x));
    Model model = Model.of("m", x, sum);
    one.setTrainable(false);
    around.setTrainable(false);

    step(model.compile(descent(engine, 0.01)), 1, 0);

    // Output 3w, error 3, gradient 2 · 3 · 3: in full, and applied once.
    assertThat(weight(shared)).isCloseTo(1 - 0.01 * 18, CLOSE);
  }

  @Test
  @DisplayName("rule 4: a trainer knows what it moves and whether flags have changed")
  void trainer_flagsSwitchedAndBack_tellsWhatItMovesAndIsStaleMeanwhile() {
    ScalarGan gan = new ScalarGan();
    Trainer trainer = gan.compile(gan.combined, new PlanEngine());
    assertThat(trainer.isStale()).isFalse();

    gan.discriminator.setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
    assertThat(trainer.moves()).containsExactlyElementsOf(gan.combined.weights());

    gan.discriminator.setTrainable(true);
    assertThat(trainer.isStale()).isFalse();
    gan.g.setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
  }

  @OnBothEngines
  @DisplayName("rule 5: except(...) and predicates narrow and write no flag")
  void selections_exceptAndPredicate_moveWhatTheyLeave(Engine engine) {
    ScalarGan gan = new ScalarGan();
    step(gan.combined.compile(descent(engine, 0.1).except(gan.discriminator)), 1, 2);
    assertThat(weight(gan.g)).isCloseTo(0.9, CLOSE);
    assertThat(weight(gan.d)).isEqualTo(2);

    ScalarGan other = new ScalarGan();
    step(other.combined.compile(descent(engine, 0.1).selecting(w -> w.owner() == other.d)), 1, 2);
    assertThat(weight(other.g)).isEqualTo(0.5);
    assertThat(weight(other.d)).isCloseTo(2.1, CLOSE);
    assertThat(other.combined.trainableWeights()).hasSize(2);
  }

  @Test
  @DisplayName("rule 5: a selection does not move what flags freeze")
  void selection_ofAFrozenPart_movesNothing() {
    ScalarGan gan = new ScalarGan();
    gan.generator.setTrainable(false);

    Trainer trainer = gan.combined.compile(descent(new PlanEngine(), 0.1).only(gan.generator));

    assertThat(trainer.moves()).isEmpty();
  }

  @OnBothEngines
  @DisplayName("rule 6: blocking the gradient is stopGradient's work")
  void stopGradient_inTheMiddle_movesOnlyWhatIsBehindIt(Engine engine) {
    Dense g = times("g", 2);
    Dense h = times("h", 3);
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, h.apply(Tensors.stopGradient(g.apply(x))));

    step(model.compile(descent(engine, 0.01)), 1, 0);

    assertThat(weight(g)).isEqualTo(2);
    assertThat(weight(h)).isCloseTo(3 - 0.01 * 24, CLOSE);
  }

  @OnBothEngines
  @DisplayName("rules 1 and 7: a frozen wrapper freezes parameters and state inside it")
  void wrapper_frozen_freezesTheLayerInside(Engine engine) {
    BatchNormalization norm = BatchNormalization.of().named("bn");
    TimeDistributed wrapper = TimeDistributed.of(norm).named("td");
    wrapper.setTrainable(false);
    Model model = Model.sequential("m", Input.of("x", 2, 1), wrapper);
    Trainer trainer = model.compile(descent(engine, 0.1));
    double[][] before = Toys.values(model);

    trainer.trainOnBatch(column(1, 3).reshape(1, 2, 1), column(0, 0).reshape(1, 2, 1));

    assertThat(trainer.moves()).isEmpty();
    assertThat(Toys.values(model)).isDeepEqualTo(before);
  }

  @OnBothEngines
  @DisplayName("rule 9: a step in which nothing moves reports its loss")
  void step_ofAFrozenModel_reportsAndMovesNothing(Engine engine) {
    Dense dense = times("w", 3);
    Model model = Model.sequential("m", Input.of("x", 1), dense);
    model.setTrainable(false);
    Trainer trainer = model.compile(descent(engine, 0.1));

    StepResult first = trainer.trainOnBatch(column(1), column(1));
    StepResult second = trainer.trainOnBatch(column(1), column(1));

    assertThat(first.loss()).isCloseTo(4, CLOSE);
    assertThat(second.loss()).isCloseTo(4, CLOSE);
    assertThat(second.step()).isEqualTo(2);
    assertThat(weight(dense)).isEqualTo(3);
  }

  @Test
  @DisplayName("rule 11: the order of weights does not depend on flags")
  void weights_flagsSwitched_keepTheirOrder() {
    Dense a = Dense.units(2).named("a");
    Dense b = Dense.units(2).named("b");
    BatchNormalization norm = BatchNormalization.of().named("bn");
    Model inner = Model.sequential("inner", Input.of("i", 2), a, norm);
    Input x = Input.of("x", 2);
    Model model = Model.of("m", x, a.apply(b.apply(inner.apply(x))));
    List<Weight> order = model.weights();
    assertThat(order)
        .extracting(Weight::path)
        .containsExactly(
            "a/kernel",
            "a/bias",
            "bn/gamma",
            "bn/beta",
            "bn/moving_mean",
            "bn/moving_variance",
            "b/kernel",
            "b/bias");

    for (Runnable change :
        List.<Runnable>of(
            () -> a.setTrainable(false),
            () -> inner.setTrainable(false),
            () -> a.setTrainable(true),
            () -> model.setTrainable(false))) {
      change.run();
      assertThat(model.weights()).isEqualTo(order);
      assertThat(model.trainableWeights()).isSubsetOf(order).doesNotHaveDuplicates();
      assertThat(order)
          .containsExactlyElementsOf(
              order.stream()
                  .filter(
                      w ->
                          model.trainableWeights().contains(w)
                              ^ model.nonTrainableWeights().contains(w))
                  .toList());
    }
  }

  @OnBothEngines
  @DisplayName("rule 12: a weight's penalty once per layer, frozen or not, in every model")
  void penalty_ofALayerCalledTwice_isAddedOnce(Engine engine) {
    for (boolean frozen : List.of(false, true)) {
      Dense shared = times("w", 3).kernelRegularizer(Regularizers.l2(0.1));
      Model inner = Model.sequential("inner", Input.of("y", 1), shared);
      inner.setTrainable(!frozen);
      Input x = Input.of("x", 1);
      Add sum = Add.of().named("sum");
      Model twice = Model.of("m", x, sum.apply(inner.apply(x), shared.apply(x)));

      StepResult result = twice.compile(descent(engine, 0)).trainOnBatch(column(1), column(6));
      assertThat(result.loss()).isCloseTo(0.9, CLOSE);

      StepResult ofInner = inner.compile(descent(engine, 0)).trainOnBatch(column(1), column(3));
      assertThat(ofInner.loss()).isCloseTo(0.9, CLOSE);
    }
  }

  @OnBothEngines
  @DisplayName("rule 12: an activity's penalty once per call")
  void activityPenalty_ofALayerCalledTwice_isAddedTwice(Engine engine) {
    for (boolean frozen : List.of(false, true)) {
      Dense shared = times("w", 3).activityRegularizer(Regularizers.l2(0.1)).trainable(!frozen);
      Input x = Input.of("x", 1);
      Model model = Model.of("m", x, Add.of().apply(shared.apply(x), shared.apply(x)));

      double loss = step(model.compile(descent(engine, 0)), 1, 6);

      assertThat(loss).isCloseTo(2 * 0.9, CLOSE);
    }
  }

  @OnBothEngines
  @DisplayName("rule 13: the global norm is over the moved weights")
  void globalNorm_withAFrozenWeight_isOverTheMovedOnes(Engine engine) {
    Dense g = times("g", 1);
    Layer f = times("f", 2).trainable(false);
    Dense h = times("h", 3);
    Model model = Model.sequential("m", Input.of("x", 1), g, (Dense) f, h);

    step(model.compile(descent(engine, 0.01).clip(Clippings.byGlobalNorm(1))), 1, 0);

    // Gradients 72 and 24 of the moved weights; that of f would be 36.
    double norm = Math.hypot(72, 24);
    assertThat(weight(g)).isCloseTo(1 - 0.01 * 72 / norm, CLOSE);
    assertThat(weight(h)).isCloseTo(3 - 0.01 * 24 / norm, CLOSE);
  }

  @OnBothEngines
  @DisplayName("rule 15: layers of one name in two nested models are told apart")
  void sameNames_inTwoNestedModels_haveStateAndPathsOfTheirOwn(Engine engine) {
    Dense left = times("w", 2);
    Dense right = times("w", 3);
    Model first = Model.sequential("first", Input.of("x", 1), left);
    Model second = Model.sequential("second", Input.of("x", 1), right);
    Model model = Model.sequential("m", Input.of("x", 1), first, second);
    Trainer trainer = model.compile(Toys.momentum(engine, 0.01));

    step(trainer, 1, 0);

    assertThat(trainer.gradientArrays().keySet())
        .containsExactly("first/w/kernel", "second/w/kernel");
    assertThat(trainer.state().slots()).hasSize(2);
    assertThat(weight(left)).isCloseTo(2 - 0.01 * 36, CLOSE);
    assertThat(weight(right)).isCloseTo(3 - 0.01 * 24, CLOSE);
  }
}
