package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.ConfusionMatrix;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.regularizer.Regularizers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Evaluation against predictions and arithmetic by hand. */
class EvaluateTest {

  @OnBothEngines
  void evaluate_overUnevenBatches_isTheMeanOverSamples(Engine engine) {
    Trainer trainer =
        Toys.convNet()
            .compile(
                Training.with(Sgd.rate(0.1))
                    .loss(Losses.meanSquaredError())
                    .metrics(Metrics.meanAbsoluteError())
                    .engine(engine));
    INDArray images = normal(1, 10, 6, 6, 2);
    INDArray targets = normal(2, 10, 3);
    trainer.trainOnBatch(images, targets);
    ImmutableMap<String, Double> results =
        trainer.evaluate(
            Dataset.builder().input("image", images).target("out", targets).build(), 4);

    INDArray errors = trainer.predict(images).sub(targets);
    double squares = 0;
    double absolutes = 0;
    for (double error : Toys.doubles(errors)) {
      squares += error * error / 30;
      absolutes += Math.abs(error) / 30;
    }
    assertThat(results.keySet()).containsExactly("loss", "mean_absolute_error");
    assertThat(results.get("loss")).isCloseTo(squares, within(1e-5));
    assertThat(results.get("mean_absolute_error")).isCloseTo(absolutes, within(1e-5));
  }

  @OnBothEngines
  void evaluate_ofTwoOutputs_namesTheirLossesAndMetrics(Engine engine) {
    Input x = Input.of("x", 1);
    Dense penalized = times("a", 2).kernelRegularizer(Regularizers.l2(0.1));
    Model model = Model.of("m", List.of(x), List.of(penalized.apply(x), times("b", 3).apply(x)));
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss("a", Losses.meanSquaredError())
                .metrics("b", Metrics.meanAbsoluteError())
                .engine(engine));
    Dataset data =
        Dataset.builder()
            .input("x", column(1, 2, 3))
            .target("a", column(1, 1, 1))
            .target("b", column(0, 0, 0))
            .build();
    ImmutableMap<String, Double> results = trainer.evaluate(data, 2);
    // (2 - 1)², (4 - 1)², (6 - 1)²; .1 · 2²; |3|, |6|, |9|
    assertThat(results.keySet()).containsExactly("loss", "a_loss", "b_mean_absolute_error");
    assertThat(results.get("a_loss")).isCloseTo(35.0 / 3, CLOSE);
    assertThat(results.get("loss")).isCloseTo(35.0 / 3 + 0.4, CLOSE);
    assertThat(results.get("b_mean_absolute_error")).isCloseTo(6, CLOSE);
  }

  @OnBothEngines
  void fit_withMetrics_reportsThemOverTheEpoch(Engine engine) {
    Trainer trainer =
        Toys.line(1)
            .compile(
                Training.with(Sgd.rate(0))
                    .loss(Losses.meanSquaredError())
                    .metrics(Metrics.meanAbsoluteError())
                    .engine(engine));
    Dataset data =
        Dataset.builder()
            .input("x", column(1, 2, 4))
            .target("y", row(0, 0, 0))
            .target("weights:y", row(1, 1, 2))
            .build();
    History history = trainer.fit(data, Fit.epochs(1).batchSize(2));
    assertThat(history.last("loss")).isCloseTo((1 + 4 + 2 * 16) / 3.0, CLOSE);
    // a weighted mean: the sum of the weights is below the line
    assertThat(history.last("mean_absolute_error")).isCloseTo((1 + 2 + 2 * 4) / 4.0, CLOSE);
  }

  @Test
  void evaluate_intoAMatrix_countsTheOutputOfThatName() {
    Input x = Input.of("x", 1);
    Model model =
        Model.of("m", List.of(x), List.of(times("a", 2).apply(x), times("b", 3).apply(x)));
    Training recipe =
        Training.with(Sgd.rate(0.1))
            .loss("a", Losses.meanSquaredError())
            .loss("b", Losses.output());
    Trainer trainer = model.compile(recipe);
    Dataset data =
        Dataset.builder()
            .input("x", column(1, 2, -3))
            .target("a", column(1, 0, 0))
            .target(Examples.WEIGHTS + "a", row(1, 1, 5).reshape(3))
            .build();
    ConfusionMatrix matrix = new ConfusionMatrix();

    ImmutableMap<String, Double> results = trainer.evaluate(data, 2, matrix);
    assertThat(results.keySet()).containsExactly("loss", "a_loss", "b_loss");
    assertThat(matrix.count(1, 1)).isEqualTo(1);
    assertThat(matrix.count(0, 1)).isEqualTo(1);
    assertThat(matrix.count(0, 0)).isEqualTo(5);
    assertThatThrownBy(() -> trainer.evaluate(data, 2, Map.of("c", matrix)))
        .hasMessageContaining("has no output \"c\" to judge; it has [a, b]");
    assertThatThrownBy(() -> trainer.evaluate(data, 2, Map.of("b", matrix)))
        .hasMessageContaining("compares its output \"b\" with no target");
    assertThat(matrix.total()).isEqualTo(7);
  }
}
