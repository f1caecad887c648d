package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.semantics.OwnLayers.BatchSize;
import dev.tandem.core.train.Callback;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.FitProgress;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import org.junit.jupiter.api.DisplayName;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What a trainer does with state was decided at its compilation, and is of the step at hand. */
class HeldStateTest {

  private static BatchNormalization norm() {
    return BatchNormalization.of().momentum(0.9).named("bn");
  }

  private static Model model(String name, Layer layer) {
    return Model.sequential(name, Input.of("x", 1), layer);
  }

  private static double mean(Layer norm) {
    return norm.weight("moving_mean").values().getDouble(0);
  }

  private static Examples batch(double... numbers) {
    return Examples.of(column(numbers), column(new double[numbers.length]));
  }

  @OnBothEngines
  @DisplayName("rules 4 and 7: a predicate is asked for state at compilation")
  void predicate_onAFlagThatChangesLater_holdsStateAsItHoldsParameters(Engine engine) {
    BatchNormalization norm = norm();
    Trainer trainer =
        model("m", norm)
            .compile(descent(engine, 0.1).selecting(weight -> weight.owner().isTrainable()));
    norm.setTrainable(false);

    trainer.trainOnBatch(column(1, 3), column(1, 1));

    assertThat(norm.weight("beta").values().getDouble(0)).isNotZero();
    assertThat(mean(norm)).isCloseTo(0.2, CLOSE);
    assertThat(trainer.isStale()).isTrue();
  }

  @OnBothEngines
  @DisplayName("rules 4 and 7: the predicate's answer is one for all batch sizes")
  void predicate_onAFlagThatChangesBetweenBatchSizes_writesNoOldState(Engine engine) {
    BatchNormalization norm = norm();
    Trainer trainer =
        model("m", norm)
            .compile(descent(engine, 0.1).selecting(weight -> weight.owner().isTrainable()));
    trainer.trainOnBatch(batch(1, 3));
    norm.setTrainable(false);

    trainer.trainOnBatch(batch(11, 12, 13));
    assertThat(mean(norm)).isCloseTo(0.9 * 0.2 + 0.1 * 12, CLOSE);
    trainer.trainOnBatch(batch(5, 7));

    assertThat(mean(norm)).isCloseTo(0.9 * 1.38 + 0.1 * 6, CLOSE);
  }

  @OnBothEngines
  void state_thatALaterBatchDoesNotMove_isNotWrittenBack(Engine engine) {
    BatchSize layer = new BatchSize(2);
    Model model = Model.sequential("m", Input.of("x", 1), layer, times("w", 1));
    Trainer trainer = model.compile(descent(engine, 0.1));
    trainer.trainOnBatch(batch(1, 2, 3, 4));
    assertThat(layer.remembered()).isEqualTo(4);
    layer.weight("size").set(org.nd4j.linalg.factory.Nd4j.scalar(100f));

    trainer.trainOnBatch(batch(1));

    assertThat(layer.remembered()).isEqualTo(100);
  }

  @OnBothEngines
  void state_thatTheFirstBatchDidNotMove_isMovedByALaterOne(Engine engine) {
    BatchSize layer = new BatchSize(2);
    Model model = Model.sequential("m", Input.of("x", 1), layer, times("w", 1));
    Trainer trainer = model.compile(descent(engine, 0.1));
    trainer.trainOnBatch(batch(1));
    assertThat(layer.remembered()).isZero();

    trainer.trainOnBatch(batch(1, 2, 3, 4));
    assertThat(layer.remembered()).isEqualTo(4);

    trainer.trainOnBatch(batch(1));
    trainer.trainOnBatch(batch(1, 2, 3));
    assertThat(layer.remembered()).isEqualTo(3);
  }

  @OnBothEngines
  void state_ofPartsOfOneStep_isTheMeanOfWhereTheyWouldTakeIt(Engine engine) {
    BatchSize size = new BatchSize(2);
    BatchNormalization norm = norm();
    Model model = Model.sequential("m", Input.of("x", 1), size, norm);
    Trainer trainer = model.compile(descent(engine, 0));
    // all plans that parts take are made here, the second part's before the size was ever moved
    trainer.gradients(batch(0));
    trainer.gradients(batch(0));
    trainer.update();
    assertThat(size.remembered()).isZero();
    trainer.gradients(batch(1, 3));
    trainer.gradients(batch(10));
    trainer.update();
    // the size is moved to 2 by the first, of two samples, and left at 0 by the other, of one
    assertThat(size.remembered()).isCloseTo(2 * 2 / 3.0, CLOSE);
    assertThat(mean(norm)).isCloseTo((2 * 0.2 + 1) / 3, CLOSE);

    size.weight("size").set(org.nd4j.linalg.factory.Nd4j.scalar(100f));
    trainer.gradients(batch(10));
    trainer.gradients(batch(10));
    trainer.update();

    assertThat(size.remembered()).isEqualTo(100);
    assertThat(mean(norm)).isCloseTo(0.9 * 1.4 / 3 + 1, CLOSE);
  }

  @OnBothEngines
  void update_afterAnotherTrainerMovedTheState_isRefusedAndMovesNothing(Engine engine) {
    BatchNormalization norm = norm();
    Trainer a = model("a", norm).compile(descent(engine, 0.1));
    Trainer b = model("b", norm).compile(descent(engine, 0));
    a.gradients(batch(1, 3));
    b.trainOnBatch(batch(11, 13));
    double[][] before = Toys.values(a.model());

    assertThatIllegalStateException()
        .isThrownBy(a::update)
        .withMessageContaining("\"bn/moving_mean\"")
        .withMessageContaining("Model \"a\"")
        .withMessageContaining("call gradients(...) again");

    assertThat(Toys.values(a.model())).isDeepEqualTo(before);
    assertThat(a.steps()).isZero();
    a.gradients(batch(1, 3));
    a.update();
    assertThat(mean(norm)).isCloseTo(0.9 * 1.2 + 0.2, CLOSE);
  }

  @OnBothEngines
  void update_afterTheStateWasSet_isRefused(Engine engine) {
    BatchNormalization norm = norm();
    Trainer trainer = model("m", norm).compile(descent(engine, 0.1));
    trainer.gradients(batch(1, 3));
    norm.weight("moving_mean").set(column(7).reshape(1));

    assertThatIllegalStateException().isThrownBy(trainer::update);

    assertThat(mean(norm)).isEqualTo(7);
  }

  @OnBothEngines
  void update_afterAnotherTrainerMovedOtherState_goesOn(Engine engine) {
    BatchNormalization first = norm();
    BatchNormalization second = BatchNormalization.of().momentum(0.9).named("other");
    Model both = Model.sequential("both", Input.of("x", 1), first, second);
    Trainer a = both.compile(descent(engine, 0).only(first));
    Trainer b = both.compile(descent(engine, 0).only(second));

    a.gradients(batch(1, 3));
    b.gradients(batch(1, 3));
    a.update();
    b.update();

    assertThat(mean(first)).isCloseTo(0.2, CLOSE);
    assertThat(a.steps() + b.steps()).isEqualTo(2);
  }

  @OnBothEngines
  void fit_afterGradientsCalledToLook_doesNotTakeThem(Engine engine) {
    double[][][] ends = new double[2][][];
    for (int looked = 0; looked < 2; looked++) {
      Model model = Model.sequential("m", Input.of("x", 1), norm(), times("w", 2));
      Trainer trainer = model.compile(descent(engine, 0.1).seed(1));
      if (looked == 1) {
        trainer.gradients(batch(100, 300));
      }
      INDArray x = column(1, 3, 5, 7);
      trainer.fit(
          Dataset.builder().input("x", x).target("w", x).build(), Fit.epochs(2).batchSize(2));
      ends[looked] = Toys.values(model);
      assertThat(trainer.steps()).isEqualTo(4);
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
  }

  @OnBothEngines
  void fit_withACallbackThatLooksAtGradients_doesNotTakeThem(Engine engine) {
    double[][][] ends = new double[2][][];
    for (int looking = 0; looking < 2; looking++) {
      Model model = Model.sequential("m", Input.of("x", 1), norm(), times("w", 2));
      Trainer trainer = model.compile(descent(engine, 0.1).seed(1));
      Callback look =
          new Callback() {
            @Override
            public void onStep(FitProgress progress, StepResult result) {
              trainer.gradients(batch(100, 300));
            }
          };
      Fit fit = Fit.epochs(2).batchSize(2);
      INDArray x = column(1, 3, 5, 7);
      trainer.fit(
          Dataset.builder().input("x", x).target("w", x).build(),
          looking == 1 ? fit.callbacks(look) : fit);
      ends[looking] = Toys.values(model);
    }
    assertThat(ends[1]).isDeepEqualTo(ends[0]);
  }

  @OnBothEngines
  void dropGradients_afterALook_letsTheNextStepBeginAnew(Engine engine) {
    BatchNormalization norm = norm();
    Trainer trainer = model("m", norm).compile(descent(engine, 0.1));
    trainer.gradients(batch(100, 300));

    trainer.dropGradients();

    assertThat(trainer.state().isBetweenSteps()).isTrue();
    assertThatIllegalStateException().isThrownBy(trainer::update);
    trainer.trainOnBatch(batch(1, 3));
    assertThat(mean(norm)).isCloseTo(0.2, CLOSE);
  }

  @OnBothEngines
  @DisplayName("rule 4: stale means that compiling again would decide otherwise")
  void isStale_afterFlagsThatTheSelectionIgnores_isFalse(Engine engine) {
    Layer trunk = times("trunk", 2);
    Layer head = times("head", 3);
    BatchNormalization norm = norm();
    Model base = Model.sequential("base", Input.of("x", 1), trunk);
    Input y = Input.of("y", 1);
    SymbolicTensor joined = Add.of().named("sum").apply(base.apply(y), norm.apply(y));
    Model model = Model.of("m", y, head.apply(joined));
    Trainer trainer = model.compile(descent(engine, 0.1).only(head));

    trunk.setTrainable(false);
    assertThat(trainer.isStale()).isFalse();
    base.setTrainable(false);
    assertThat(trainer.isStale()).isFalse();
    // a frozen layer normalizes by its moving statistics
    norm.setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
    norm.setTrainable(true);
    assertThat(trainer.isStale()).isFalse();
    head.setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
  }

  @OnBothEngines
  void isStale_afterACallOfStateWasFrozen_isTrueThoughTheSetIsTheSame(Engine engine) {
    BatchNormalization norm = norm();
    Model first = Model.sequential("first", Input.of("a", 1), norm);
    Model second = Model.sequential("second", Input.of("b", 1), norm);
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Add.of().named("sum").apply(first.apply(x), second.apply(x)));
    first.setTrainable(false);
    Trainer trainer = model.compile(descent(engine, 0.1));

    first.setTrainable(true);
    second.setTrainable(false);

    assertThat(trainer.isStale()).isTrue();
  }
}
