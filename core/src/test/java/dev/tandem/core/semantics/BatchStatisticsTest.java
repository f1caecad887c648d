package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.DisplayName;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Batch normalization with momentum .9 and ε 1e-3, under both kinds of flags. */
class BatchStatisticsTest {

  /** Of a squared error: outputs are within 1e-4 of the targets. */
  private static final Offset<Double> NONE = within(1e-8);

  /** (x - mean) / √(1 + ε) for x at distance 1. */
  private static final double UNIT = 0.9995;

  private static BatchNormalization norm(String name) {
    return BatchNormalization.of().momentum(0.9).epsilon(1e-3).named(name);
  }

  private static Model model(Layer norm) {
    return Model.sequential("m", Input.of("x", 1), norm);
  }

  private static void assertMoving(Layer norm, double mean, double variance) {
    assertThat(norm.weight("moving_mean").values().getDouble(0)).isCloseTo(mean, CLOSE);
    assertThat(norm.weight("moving_variance").values().getDouble(0)).isCloseTo(variance, CLOSE);
  }

  @OnBothEngines
  @DisplayName("case 50: a training step takes and remembers the batch's statistics")
  void step_ofALiveLayer_usesBatchAndMovesStatistics(Engine engine) {
    BatchNormalization norm = norm("bn");
    Trainer trainer = model(norm).compile(descent(engine, 0));

    double loss = trainer.trainOnBatch(column(1, 3), column(-UNIT, UNIT)).loss();

    assertThat(loss).isCloseTo(0, NONE);
    assertMoving(norm, 0.2, 1.0);
  }

  @OnBothEngines
  @DisplayName("case 50: the variance is the biased one")
  void step_onFourSamples_movesByTheBiasedVariance(Engine engine) {
    BatchNormalization norm = norm("bn");
    INDArray batch = column(1, 2, 3, 6);

    model(norm).compile(descent(engine, 0)).trainOnBatch(batch, batch);

    assertMoving(norm, 0.3, 1.25);
  }

  @OnBothEngines
  @DisplayName("case 51: a frozen layer takes its moving statistics")
  void step_ofAFrozenLayer_usesMovingStatisticsAndKeepsThem(Engine engine) {
    BatchNormalization norm = norm("bn").trainable(false);
    Trainer trainer = model(norm).compile(descent(engine, 0.1));

    double loss = trainer.trainOnBatch(column(1, 3), column(0.9995, 2.9985)).loss();

    assertThat(loss).isCloseTo(0, NONE);
    assertMoving(norm, 0, 1);
  }

  @OnBothEngines
  @DisplayName("case 52: a frozen model still takes the batch's statistics")
  void step_ofAFrozenModel_usesBatchAndKeepsStatistics(Engine engine) {
    BatchNormalization norm = norm("bn");
    Model model = model(norm);
    model.setTrainable(false);

    double loss =
        model.compile(descent(engine, 0.1)).trainOnBatch(column(1, 3), column(-UNIT, UNIT)).loss();

    assertThat(loss).isCloseTo(0, NONE);
    assertMoving(norm, 0, 1);
  }

  @OnBothEngines
  @DisplayName("case 52: so does a frozen model inside another")
  void step_aroundAFrozenModel_usesBatchAndKeepsStatistics(Engine engine) {
    BatchNormalization norm = norm("bn");
    Model inner = model(norm);
    inner.setTrainable(false);
    Model outer = Model.sequential("outer", Input.of("y", 1), inner);

    double loss =
        outer.compile(descent(engine, 0.1)).trainOnBatch(column(1, 3), column(-UNIT, UNIT)).loss();

    assertThat(loss).isCloseTo(0, NONE);
    assertMoving(norm, 0, 1);
  }

  @OnBothEngines
  @DisplayName("case 53: batch normalization on both sides of a GAN")
  void classicIdiom_withBatchNormalization_movesEachSidesStatistics(Engine engine) {
    BatchNormalization ofG = norm("bn_g");
    BatchNormalization ofD = norm("bn_d");
    Model generator = Model.sequential("g", Input.of("z", 1), times("gk", 1), ofG);
    Model discriminator = Model.sequential("d", Input.of("x", 1), ofD, times("dk", 1));
    Model combined = Model.sequential("gan", Input.of("noise", 1), generator, discriminator);
    Trainer judge = discriminator.compile(descent(engine, 0.1));
    discriminator.setTrainable(false);
    Trainer forger = combined.compile(descent(engine, 0.1));

    judge.trainOnBatch(column(1, 3), column(1, 0));
    assertMoving(ofD, 0.2, 1.0);
    assertMoving(ofG, 0, 1);

    forger.trainOnBatch(column(1, 3), column(1, 1));
    assertMoving(ofD, 0.2, 1.0);
    assertMoving(ofG, 0.2, 1.0);

    judge.trainOnBatch(column(1, 3), column(1, 0));
    assertMoving(ofD, 0.38, 1.0);
    assertMoving(ofG, 0.2, 1.0);
  }

  @OnBothEngines
  @DisplayName("case 54: evaluate and predict move nothing")
  void evaluateAndPredict_afterAStep_moveNothing(Engine engine) {
    Model model = Model.sequential("m", Input.of("x", 1), times("a", 2), norm("bn"), times("b", 3));
    Trainer trainer = model.compile(descent(engine, 0.1));
    INDArray x = column(1, 3);
    trainer.trainOnBatch(x, x);
    double[][] before = values(model);

    trainer.testOnBatch(x, x);
    trainer.predict(x);
    trainer.evaluate(Dataset.builder().input("x", x).target("b", x).build(), 2);
    Predictor.of(model, engine).predict(x);

    assertThat(values(model)).isDeepEqualTo(before);
  }

  @OnBothEngines
  @DisplayName("rule 8: an option lets a frozen layer take the batch's statistics")
  void step_ofAFrozenLayerWithTheOption_usesBatchAndKeepsStatistics(Engine engine) {
    BatchNormalization norm = norm("bn").frozenUsesBatchStatistics(true).trainable(false);

    double loss =
        model(norm)
            .compile(descent(engine, 0.1))
            .trainOnBatch(column(1, 3), column(-UNIT, UNIT))
            .loss();

    assertThat(loss).isCloseTo(0, NONE);
    assertMoving(norm, 0, 1);
  }

  @OnBothEngines
  @DisplayName("rule 7: of a frozen and a live call, the live one moves the state")
  void sharedLayer_frozenAndLiveCall_movesByTheLiveOne(Engine engine) {
    BatchNormalization norm = norm("bn");
    Model frozen = Model.sequential("frozen", Input.of("y", 1), norm);
    frozen.setTrainable(false);
    Input x = Input.of("x", 1);
    SymbolicTensor far = Tensors.shift(x, 100);
    Model model =
        Model.of("m", x, Add.of().apply(frozen.apply(far), norm.apply(x), frozen.apply(far)));

    model.compile(descent(engine, 0)).trainOnBatch(column(1, 3), column(0, 0));

    assertMoving(norm, 0.2, 1.0);
  }

  @OnBothEngines
  @DisplayName("rule 7: two live calls move the state one after the other")
  void sharedLayer_twoLiveCalls_moveTheStateTwice(Engine engine) {
    BatchNormalization norm = norm("bn");
    Input x = Input.of("x", 1);
    SymbolicTensor far = Tensors.shift(x, 2);
    Model model = Model.of("m", x, Add.of().apply(norm.apply(x), norm.apply(far)));

    model.compile(descent(engine, 0)).trainOnBatch(column(1, 3), column(0, 0));

    assertMoving(norm, 0.9 * 0.2 + 0.1 * 4, 1.0);
  }

  @OnBothEngines
  @DisplayName("rules 5 and 7: a selection gates the state as well")
  void selection_withoutALayer_keepsItsState(Engine engine) {
    BatchNormalization chosen = norm("chosen");
    BatchNormalization left = norm("left");
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Add.of().apply(chosen.apply(x), left.apply(x)));

    model.compile(descent(engine, 0).only(chosen)).trainOnBatch(column(1, 3), column(0, 0));

    assertMoving(chosen, 0.2, 1.0);
    assertMoving(left, 0, 1);
  }
}
