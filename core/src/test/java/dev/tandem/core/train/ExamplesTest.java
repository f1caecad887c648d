package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.values;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a step takes, and what it says of the rest. */
class ExamplesTest {

  /** a · 2 and (a + b) · 3, a loss on each. */
  private static Model twoByTwo() {
    Input a = Input.of("a", 1);
    Input b = Input.of("b", 1);
    return Model.of(
        "two",
        List.of(a, b),
        List.of(times("left", 2).apply(a), times("right", 3).apply(Tensors.add(a, b))));
  }

  private static Training bothLosses(Engine engine) {
    return Training.with(Sgd.rate(0))
        .loss("left", Losses.meanSquaredError())
        .loss("right", Losses.meanSquaredError())
        .lossWeight("right", 0.5)
        .engine(engine);
  }

  @OnBothEngines
  void inputsAndTargets_byName_goWhereTheyBelong(Engine engine) {
    Trainer trainer = twoByTwo().compile(bothLosses(engine));
    Examples examples =
        Examples.of(Map.of("b", column(1), "a", column(1)))
            .target("right", column(3))
            .target("left", column(0));
    StepResult result = trainer.trainOnBatch(examples);
    assertThat(result.losses().get("left")).isCloseTo(4, CLOSE);
    assertThat(result.losses().get("right")).isCloseTo(9, CLOSE);
    assertThat(result.loss()).isCloseTo(8.5, CLOSE);
    Map<String, INDArray> outputs = trainer.predict(Map.of("a", column(1), "b", column(-1)));
    assertThat(outputs.get("left").getDouble(0)).isEqualTo(2);
    assertThat(outputs.get("right").getDouble(0)).isZero();
  }

  @OnBothEngines
  void target_withAnAxisOfOneMoreOrLess_isTaken(Engine engine) {
    Trainer trainer = Toys.line(1).compile(descent(0.1).engine(engine));
    assertThat(trainer.testOnBatch(column(1, 1), row(0, 2)).loss()).isCloseTo(1, CLOSE);
  }

  @OnBothEngines
  void array_inAnotherOrder_isReadRight(Engine engine) {
    Model model = Toys.mlp(DataType.FLOAT);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    INDArray x = normal(1, 4, 3);
    INDArray view = normal(3, 8, 3).get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, 2, 8));
    assertThat(trainer.predict(x.dup('f'))).isEqualTo(trainer.predict(x));
    assertThat(trainer.predict(view)).isEqualTo(trainer.predict(view.dup('c')));
  }

  @Test
  void badExamples_areRefusedByNameRuleAndValue_andChangeNothing() {
    Model model = twoByTwo();
    Trainer trainer = model.compile(bothLosses(new PlanEngine()));
    Map<String, double[]> before = values(model);
    Examples good =
        Examples.of(
            Map.of("a", column(1), "b", column(1)), Map.of("left", column(0), "right", column(0)));
    Map<String, Examples> bad =
        ImmutableMap.<String, Examples>builder()
            .put(
                "Model \"two\" needs the input \"b\" float32 (batch, 1); given were [a]",
                Examples.of(Map.of("a", column(1)), good.targets()))
            .put(
                "Model \"two\" needs the input \"a\" float32 (batch, 1); what was given has no"
                    + " name, and there are several",
                Examples.of(column(1), column(1)))
            .put(
                "Model \"two\" has no input named \"c\"; it takes [a, b]",
                good.input("c", column(1)))
            .put(
                "Model \"two\" needs the target of \"right\" float32 (batch, 1); given were [left]",
                Examples.of(good.inputs(), Map.of("left", column(0))))
            .put(
                "Model \"two\" has no target named \"middle\"; it takes [left, right]",
                good.target("middle", column(0)))
            .put(
                "Model \"two\" expects float32 (batch, 1) as input \"b\", got float32 (1, 2);"
                    + " reshape it",
                good.input("b", normal(1, 1, 2)))
            .put(
                "Model \"two\" expects float32 (batch, 1) as input \"b\", got float32 (1,); a"
                    + " single sample needs a batch axis: reshape it to (1, 1)",
                good.input("b", row(1)))
            .put(
                "Model \"two\" expects float32 (batch, 1) as input \"a\", got float64 (1, 1);"
                    + " castTo(DataType.FLOAT)",
                good.input("a", column(1).castTo(DataType.DOUBLE)))
            .put(
                "Model \"two\" expects float32 (batch, 1) as input \"a\", got float32 (0, 1); give"
                    + " at least one sample",
                good.input("a", Nd4j.create(DataType.FLOAT, 0, 1)))
            .put(
                "Model \"two\" got 2 samples as input \"b\" and 1 as input \"a\"; give all the same"
                    + " number",
                good.input("b", column(1, 2)))
            .put(
                "Model \"two\" got 3 samples as target of \"left\" and 1 as input \"a\"; give all"
                    + " the same number",
                good.target("left", column(1, 2, 3)))
            .put(
                "Model \"two\" expects float32 (batch, 1) as target of \"left\", got float32 (1,"
                    + " 2); reshape it",
                good.target("left", normal(1, 1, 2)))
            .put(
                "Model \"two\" got 2 samples as sample weights of \"left\" and 1 as input \"a\";"
                    + " give all the same number",
                good.weights("left", row(1, 2)))
            .put(
                "Model \"two\" got sample weights without a name; it takes [left, right]; say which"
                    + " one",
                good.weights(row(1)))
            .buildOrThrow();
    bad.forEach(
        (message, examples) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> trainer.trainOnBatch(examples))
                .withMessage(message));
    Toys.assertUnmoved(model, before);
    assertThat(trainer.steps()).isZero();
    assertThat(trainer.programs()).isEmpty();
  }

  @Test
  void target_thatNothingLooksAt_isRefused() {
    Trainer trainer =
        twoByTwo().compile(Training.with(Sgd.rate(0)).loss("left", Losses.meanSquaredError()));
    Examples examples =
        Examples.of(Map.of("a", column(1), "b", column(1)), Map.of("left", column(0)));
    trainer.trainOnBatch(examples);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(examples.target("right", column(0))))
        .withMessage(
            "Model \"two\" looks at no target for its output \"right\": no loss or metric there"
                + " compares it with anything; leave it out or compile the model with a loss for"
                + " that output");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(examples.weights("right", row(1))))
        .withMessageStartingWith("Model \"two\" looks at no sample weights for its output");
  }

  @Test
  void image_inChannelsFirst_isToldTheWayOut() {
    Trainer trainer = Toys.convNet().compile(descent(0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.predict(normal(1, 4, 2, 6, 6)))
        .withMessage(
            "Model \"conv_net\" expects float32 (batch, 6, 6, 2) as input \"image\", got float32"
                + " (4, 2, 6, 6); images are channels last: permute(0, 2, 3, 1)");
  }

  @Test
  void integerTarget_forAFloatLoss_isToldTheCast() {
    Trainer trainer = Toys.line(1).compile(descent(0.1));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(column(1), Nd4j.createFromArray(new int[][] {{1}})))
        .withMessage(
            "Model \"line\" expects float32 (batch, 1) as target of \"w\", got int32 (1, 1);"
                + " castTo(DataType.FLOAT)");
    assertThat(weight(trainer.model())).isEqualTo(1);
  }
}
