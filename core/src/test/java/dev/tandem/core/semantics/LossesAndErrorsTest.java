package dev.tandem.core.semantics;

import static dev.tandem.core.semantics.Toys.CLOSE;
import static dev.tandem.core.semantics.Toys.column;
import static dev.tandem.core.semantics.Toys.descent;
import static dev.tandem.core.semantics.Toys.step;
import static dev.tandem.core.semantics.Toys.times;
import static dev.tandem.core.semantics.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What is in the loss, and which drawings and recipes are refused. */
class LossesAndErrorsTest {

  @OnBothEngines
  @DisplayName("case 60: a frozen layer's penalty is in the loss")
  void penalty_ofAFrozenLayer_isInTheLoss(Engine engine) {
    Dense frozen = times("w", 3).kernelRegularizer(Regularizers.l2(0.1)).trainable(false);
    Trainer trainer = Model.sequential("m", Input.of("x", 1), frozen).compile(descent(engine, 1));

    StepResult result = trainer.trainOnBatch(column(1), column(3));

    assertThat(result.losses().get("w")).isCloseTo(0, CLOSE);
    assertThat(result.loss()).isCloseTo(0.9, CLOSE);
    assertThat(weight(frozen)).isEqualTo(3);
  }

  @OnBothEngines
  @DisplayName("case 61: two losses with weights")
  void twoLosses_weighted_addUpAndAreReportedUnweighted(Engine engine) {
    Input x = Input.of("x", 1);
    Model model =
        Model.of("m", List.of(x), List.of(times("first", 2).apply(x), times("second", 3).apply(x)));
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss("first", Losses.meanSquaredError())
                .loss("second", Losses.meanSquaredError())
                .lossWeight("first", 1)
                .lossWeight("second", 0.5)
                .engine(engine));

    Map<String, INDArray> targets = Map.of("first", column(0), "second", column(0));
    StepResult result = trainer.trainOnBatch(Examples.of(Map.of("x", column(1)), targets));

    assertThat(result.loss()).isCloseTo(8.5, CLOSE);
    assertThat(result.losses().get("first")).isCloseTo(4, CLOSE);
    assertThat(result.losses().get("second")).isCloseTo(9, CLOSE);
  }

  @Test
  @DisplayName("case 62: no loss at all")
  void recipe_withoutALoss_isRefusedAtCompile() {
    Model model = Model.sequential("m", Input.of("x", 1), times("w", 1));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.compile(Training.with(Sgd.rate(0.1))))
        .withMessageContaining("Model \"m\" was compiled without a loss")
        .withMessageContaining("[w]");
  }

  @Test
  @DisplayName("case 63: an input missing from the cut")
  void cut_withoutAnInput_namesTensorLayerAndWhatWasReached() {
    Input a = Input.of("a", 4);
    Input b = Input.of("b", 4);
    SymbolicTensor left = Dense.units(4).named("left").apply(a);
    SymbolicTensor sum = Add.of().named("sum").apply(left, b);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Model.of("m", a, Dense.units(1).named("last").apply(sum)))
        .withMessage(
            "Model \"m\" cannot be computed from [a]: Add \"sum\" reads \"b\" float32 (batch, 4),"
                + " which is not given; layers reached without it: [left]; add \"b\" to the"
                + " model's inputs");
  }

  @Test
  @DisplayName("case 64: two layers of one name")
  void model_withTwoLayersOfOneName_isRefused() {
    Input x = Input.of("x", 4);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Model.sequential("m", x, Dense.units(4).named("d"), Dense.units(4).named("d")))
        .withMessage(
            "Model \"m\" has 2 layers named \"d\" (Dense, Dense); give each a name"
                + " of its own: layer.named(\"...\") before its first call, model.renamed(\"...\"), or ModelFile.load(directory, \"prefix_\") for what comes from a file");
  }

  @Test
  @DisplayName("case 65: the output of a layer that is called twice")
  void output_ofALayerCalledTwice_isRefused() {
    Input a = Input.of("a", 4);
    Input b = Input.of("b", 4);
    Dense shared = Dense.units(2).named("shared");
    Model model = Model.of("m", List.of(a, b), List.of(shared.apply(a), shared.apply(b)));

    assertThat(model.outputs(shared)).hasSize(2).isEqualTo(model.graph().outputs());
    assertThat(model.graph().nodes()).hasSize(2);
    assertThatIllegalStateException()
        .isThrownBy(() -> model.output(shared))
        .withMessage(
            "Dense \"shared\" is called 2 times in Model \"m\", on \"a\" and on \"b\", and has 2"
                + " outputs; take one of outputs(...)");
  }

  @OnBothEngines
  @DisplayName("case 66: a clone has weights of its own, the same flags and the same sharing")
  void copy_ofAModelWithSharing_keepsFlagsAndSharing(Engine engine) {
    Dense shared = times("shared", 2);
    Dense frozen = times("frozen", 3).trainable(false);
    Model inner = Model.sequential("inner", Input.of("i", 1), shared, frozen);
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Add.of().named("sum").apply(inner.apply(x), shared.apply(x)));
    inner.setTrainable(false);

    Model copy = model.copy("copy");

    Dense sharedCopy = (Dense) copy.layer("shared");
    assertThat(copy.model("inner").layer("shared")).isSameAs(sharedCopy).isNotSameAs(shared);
    assertThat(copy.model("inner").isTrainable()).isFalse();
    assertThat(copy.model("inner").layer("frozen").isTrainable()).isFalse();
    assertThat(copy.weightsByPath().keySet()).isEqualTo(model.weightsByPath().keySet());
    assertThat(Toys.values(copy)).isDeepEqualTo(Toys.values(model));

    double loss = step(copy.compile(descent(engine, 0.01)), 1, 0);
    assertThat(loss).isCloseTo(64, CLOSE);
    assertThat(weight(sharedCopy)).isCloseTo(2 - 0.01 * 16 * 4, CLOSE);
    assertThat(weight(shared)).isEqualTo(2);
    assertThat(step(model.compile(descent(engine, 0.01)), 1, 0)).isCloseTo(64, CLOSE);
  }
}
