package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.assertClose;
import static dev.tandem.core.train.Toys.assertUnmoved;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.doubles;
import static dev.tandem.core.train.Toys.line;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.values;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Gradients and update apart. */
class HalvesTest {

  private static INDArray rows(INDArray array, int from, int to) {
    return array.get(NDArrayIndex.interval(from, to));
  }

  @OnBothEngines
  void gradients_alone_moveNeitherWeightsNorState(Engine engine) {
    Model model = Toys.convNet();
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    Map<String, double[]> before = values(model);
    StepResult result = trainer.gradients(Examples.of(normal(1, 4, 6, 6, 2), normal(2, 4, 3)));
    assertUnmoved(model, before);
    assertThat(result.step()).isEqualTo(1);
    assertThat(trainer.steps()).isZero();
    assertThat(trainer.state().isBetweenSteps()).isFalse();
    trainer.update();
    assertThat(trainer.steps()).isEqualTo(1);
    assertThat(trainer.state().isBetweenSteps()).isTrue();
    values(model).forEach((path, now) -> assertThat(now).as(path).isNotEqualTo(before.get(path)));
  }

  @OnBothEngines
  void accumulatedParts_ofDifferentSizes_equalTheWholeBatch(Engine engine) {
    Model whole = Toys.mlp(DataType.DOUBLE);
    Model parts = Toys.mlp(DataType.DOUBLE);
    Trainer atOnce = whole.compile(descent(0.1).engine(engine));
    Trainer accumulating = parts.compile(descent(0.1).engine(engine));
    for (int step = 0; step < 3; step++) {
      INDArray x = normal(step, DataType.DOUBLE, 10, 3);
      INDArray y = normal(step + 100, DataType.DOUBLE, 10, 2);
      double loss = atOnce.gradients(Examples.of(x, y)).loss();
      double a = accumulating.gradients(Examples.of(rows(x, 0, 4), rows(y, 0, 4))).loss();
      double b = accumulating.gradients(Examples.of(rows(x, 4, 8), rows(y, 4, 8))).loss();
      double c = accumulating.gradients(Examples.of(rows(x, 8, 10), rows(y, 8, 10))).loss();
      assertThat(0.4 * a + 0.4 * b + 0.2 * c).isCloseTo(loss, within(1e-12));
      accumulating
          .gradientArrays()
          .forEach(
              (path, mean) ->
                  assertThat(doubles(mean))
                      .as(path)
                      .containsExactly(doubles(atOnce.gradientArrays().get(path)), within(1e-12)));
      atOnce.update();
      accumulating.update();
      assertClose(values(parts), values(whole), 1e-12);
    }
    assertThat(accumulating.steps()).isEqualTo(3);
  }

  @OnBothEngines
  void accumulatedParts_withClippingAndPenalty_equalTheWholeBatch(Engine engine) {
    Model[] models = new Model[2];
    for (int i = 0; i < 2; i++) {
      models[i] =
          Model.sequential(
                  "m",
                  Input.of("x", Shape.of(3), DataType.DOUBLE),
                  Dense.units(2).kernelRegularizer(Regularizers.l2(0.3)).named("d"))
              .initialize(1);
    }
    Training recipe = descent(0.1).clip(Clippings.byGlobalNorm(0.01)).engine(engine);
    INDArray x = normal(1, DataType.DOUBLE, 6, 3);
    INDArray y = normal(2, DataType.DOUBLE, 6, 2);
    models[0].compile(recipe).trainOnBatch(x, y);
    Trainer accumulating = models[1].compile(recipe);
    accumulating.gradients(Examples.of(rows(x, 0, 2), rows(y, 0, 2)));
    accumulating.trainOnBatch(rows(x, 2, 6), rows(y, 2, 6));
    assertClose(values(models[1]), values(models[0]), 1e-12);
  }

  @OnBothEngines
  void state_ofAccumulatedParts_movesOnceToTheMeanOfTheirsAndOnlyWithTheUpdate(Engine engine) {
    Model model = Toys.normNet();
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    Layer norm = model.layer("norm");
    INDArray targets = normal(1, 2, 3);
    INDArray ones = row2(1, 3, 0, 0);
    INDArray twos = row2(3, 5, 0, 0);
    trainer.gradients(Examples.of(ones, targets));
    trainer.gradients(Examples.of(twos, targets));
    assertThat(norm.weight("moving_mean").values().getDouble(0)).isZero();
    trainer.update();
    // means 2 and 4, each beside a moving mean of 0: .1 · 2 and .1 · 4
    assertThat(norm.weight("moving_mean").values().getDouble(0)).isCloseTo(0.3, CLOSE);
    assertThat(norm.weight("moving_variance").values().getDouble(0)).isCloseTo(1, CLOSE);
    assertThat(norm.weight("moving_variance").values().getDouble(1)).isCloseTo(0.9, CLOSE);
  }

  @OnBothEngines
  void state_ofAccumulatedPartsOfDifferentSizes_isWeighedByTheirSamples(Engine engine) {
    Model model = Toys.normNet();
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.gradients(Examples.of(row2(1, 3, 0, 0), normal(1, 2, 3)));
    INDArray six = Nd4j.vstack(row2(3, 5, 0, 0), row2(4, 4, 0, 0), row2(2, 6, 0, 0));
    trainer.trainOnBatch(six, normal(2, 6, 3));
    // .1 · 2 of two samples, .1 · 4 of six
    assertThat(model.layer("norm").weight("moving_mean").values().getDouble(0))
        .isCloseTo(0.35, CLOSE);
  }

  /** Two samples of two features: the first is a, then b. */
  private static INDArray row2(double a, double b, double c, double d) {
    return Toys.row(a, c, b, d).reshape(2, 2);
  }

  @OnBothEngines
  void gradientArrays_changedBetweenTheHalves_areWhatIsApplied(Engine engine) {
    Model model = line(2);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.gradients(Examples.of(column(1), column(0)));
    INDArray gradient = trainer.gradientArrays().get("w/kernel");
    assertThat(gradient.getDouble(0)).isCloseTo(4, CLOSE);
    gradient.muli(0.5);
    trainer.update();
    assertThat(weight(model)).isCloseTo(2 - 0.1 * 2, CLOSE);
    trainer.gradients(Examples.of(column(1), column(0)));
    assertThat(trainer.gradientArrays().get("w/kernel")).isSameAs(gradient);
  }

  @OnBothEngines
  void gradientArrays_averagedOverWorkers_equalTheWholeBatch(Engine engine) {
    Model whole = Toys.mlp(DataType.DOUBLE);
    Model[] copies = {Toys.mlp(DataType.DOUBLE), Toys.mlp(DataType.DOUBLE)};
    INDArray x = normal(1, DataType.DOUBLE, 8, 3);
    INDArray y = normal(2, DataType.DOUBLE, 8, 2);
    whole.compile(descent(0.1).engine(engine)).trainOnBatch(x, y);
    Trainer first = copies[0].compile(descent(0.1).engine(engine));
    Trainer second = copies[1].compile(descent(0.1).engine(engine));
    first.gradients(Examples.of(rows(x, 0, 4), rows(y, 0, 4)));
    second.gradients(Examples.of(rows(x, 4, 8), rows(y, 4, 8)));
    first
        .gradientArrays()
        .forEach(
            (path, mine) -> {
              INDArray theirs = second.gradientArrays().get(path);
              mine.addi(theirs).divi(2);
              theirs.assign(mine);
            });
    first.update();
    second.update();
    assertClose(values(copies[0]), values(whole), 1e-12);
    assertClose(values(copies[1]), values(whole), 1e-12);
  }

  @OnBothEngines
  void parts_ofOneStep_dropDifferently(Engine engine) {
    Model model =
        Model.sequential(
            "m", Input.of("x", 40), Dropout.rate(0.5), Dense.units(1).bias(false).named("w"));
    Trainer trainer = model.initialize(1).compile(descent(0.1).engine(engine).seed(3));
    INDArray x = normal(1, 1, 40);
    double first = trainer.gradients(Examples.of(x, column(0))).loss();
    double second = trainer.gradients(Examples.of(x, column(0))).loss();
    assertThat(second).isNotEqualTo(first);
    trainer.state().restoreSteps(0);
    assertThat(trainer.gradients(Examples.of(x, column(0))).loss()).isEqualTo(first);
    assertThat(trainer.gradients(Examples.of(x, column(0))).loss()).isEqualTo(second);
  }

  @OnBothEngines
  void nonFinitePart_ofAnAccumulatedStep_dropsTheStepAndMovesNothing(Engine engine) {
    Model model = Toys.normNet();
    Trainer trainer = model.compile(descent(0.1).checkingExamples(false).engine(engine));
    Map<String, double[]> before = values(model);
    INDArray x = normal(1, 4, 2);
    INDArray y = normal(2, 4, 3);
    trainer.gradients(Examples.of(x, y));
    INDArray bad = x.dup();
    bad.putScalar(3, Double.NaN);
    assertThatExceptionOfType(NonFiniteException.class)
        .isThrownBy(() -> trainer.gradients(Examples.of(bad, y)));
    assertUnmoved(model, before);
    assertThatIllegalStateException().isThrownBy(trainer::update);
    trainer.trainOnBatch(x, y);

    Model fresh = Toys.normNet();
    fresh.compile(descent(0.1).engine(engine)).trainOnBatch(x, y);
    assertClose(values(model), values(fresh), 0);
  }

  @Test
  void update_withoutGradients_isRefused() {
    Trainer trainer = line(1).compile(descent(0.1));
    String message =
        "there are no gradients to update Model \"line\" with; call gradients(...) first";
    assertThatIllegalStateException().isThrownBy(trainer::update).withMessage(message);
    trainer.trainOnBatch(column(1), column(1));
    assertThatIllegalStateException().isThrownBy(trainer::update).withMessage(message);
  }
}
