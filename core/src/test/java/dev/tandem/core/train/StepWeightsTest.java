package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Masking;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.ConfusionMatrix;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Losses and metrics of sequences whose steps do not all count alike, by hand. */
class StepWeightsTest {

  private static final double CLOSE = 1e-6;

  /** Two sequences of three steps; 9 is padding, of which the second has two steps. */
  private final INDArray x =
      Nd4j.createFromArray(new float[][][] {{{1}, {2}, {3}}, {{4}, {9}, {9}}});

  private final INDArray y =
      Nd4j.createFromArray(new float[][][] {{{0}, {0}, {1}}, {{2}, {-7}, {-8}}});

  /** x times 1, masked where it is 9. */
  private static Model line(boolean masked) {
    Input steps = Input.of("steps", 3, 1);
    Dense dense = Dense.units(1).bias(false).named("line");
    Model model =
        masked
            ? Model.sequential("net", steps, Masking.of(9), dense)
            : Model.sequential("net", steps, dense);
    dense.weight("kernel").set(Nd4j.ones(1, 1));
    return model;
  }

  private static Training recipe(Engine engine) {
    return Training.with(Sgd.rate(0.1))
        .loss(Losses.meanSquaredError())
        .metrics(Metrics.meanAbsoluteError(), Metrics.rSquared())
        .engine(engine);
  }

  @OnBothEngines
  void mask_leavesStepsOutOfLossGradientAndMetrics(Engine engine) {
    Model model = line(true);
    try (Trainer trainer = model.compile(recipe(engine))) {
      StepResult result = trainer.trainOnBatch(x, y);
      // errors 1, 2, 2 and 2 of the four steps that count
      assertThat(result.loss()).isCloseTo((1 + 4 + 4 + 4) / 4.0, within(CLOSE));
      assertThat(result.metrics().get("mean_absolute_error")).isCloseTo(7 / 4.0, within(CLOSE));
      double slope = 2 * (1 * 1 + 2 * 2 + 2 * 3 + 2 * 4) / 4.0;
      assertThat(model.weight("line/kernel").values().getDouble(0))
          .isCloseTo(1 - 0.1 * slope, within(CLOSE));
    }
  }

  @OnBothEngines
  void weights_ofSteps_multiplyEachStep(Engine engine) {
    INDArray weights = Nd4j.createFromArray(new float[][] {{1, 0, 2}, {.5f, 3, 1}});
    try (Trainer plain = line(false).compile(recipe(engine));
        Trainer masked = line(true).compile(recipe(engine))) {
      Examples examples = Examples.of(x, y).weights(weights);
      double all = (1 + 0 + 2 * 4 + .5 * 4 + 3 * 256 + 289) / 6;
      assertThat(plain.testOnBatch(examples).loss()).isCloseTo(all, within(1e-4));
      StepResult some = masked.testOnBatch(examples);
      assertThat(some.loss()).isCloseTo((1 + 0 + 2 * 4 + .5 * 4) / 4, within(CLOSE));
      assertThat(some.metrics().get("mean_absolute_error"))
          .isCloseTo((1 + 2 * 2 + .5 * 2) / 3.5, within(CLOSE));
      INDArray ofSamples = Nd4j.createFromArray(3f, .5f);
      StepResult whole = masked.testOnBatch(Examples.of(x, y).weights(ofSamples));
      assertThat(whole.loss()).isCloseTo((3 * 9 + .5 * 4) / 4, within(CLOSE));
    }
  }

  @OnBothEngines
  void samplesOfPaddingAlone_giveNumbers(Engine engine) {
    Model model = line(true);
    try (Trainer trainer = model.compile(recipe(engine))) {
      INDArray padding = Nd4j.zeros(2, 3, 1).addi(9);
      assertThat(trainer.trainOnBatch(padding, y).loss()).isZero();
      assertThat(model.weight("line/kernel").values().getDouble(0)).isEqualTo(1);
      assertThat(trainer.evaluate(data(null), 1)).containsKey("loss");
    }
  }

  private Dataset data(INDArray weights) {
    Dataset.Builder builder = Dataset.builder().input("steps", x).target("line", y);
    return (weights == null ? builder : builder.target(Examples.WEIGHTS + "line", weights)).build();
  }

  @OnBothEngines
  void fit_onADatasetWithWeightsOfSteps_countsThemInBatchesOfAnySize(Engine engine) {
    INDArray weights = Nd4j.createFromArray(new float[][] {{1, 1, 1}, {1, 0, 0}});
    try (Trainer trainer = line(false).compile(recipe(engine))) {
      Map<String, Double> judged = trainer.evaluate(data(weights), 1);
      assertThat(judged.get("mean_absolute_error")).isCloseTo(7 / 4.0, within(CLOSE));
      History history = trainer.fit(data(weights), Fit.epochs(1).batchSize(2).shuffled(false));
      assertThat(history.last("loss")).isCloseTo(13 / 6.0, within(CLOSE));
    }
  }

  @Test
  void classes_ofPaddedSteps_mayBeAnythingWhereTheyWeighNothing() {
    Input steps = Input.of("steps", 2, 1);
    Model tagger = Model.sequential("tagger", steps, Dense.units(3).named("tags"));
    INDArray values = Nd4j.createFromArray(new float[][][] {{{1}, {2}}, {{3}, {0}}});
    INDArray labels = Nd4j.createFromArray(new int[][] {{0, 2}, {1, -1}});
    INDArray weights = Nd4j.createFromArray(new float[][] {{1, 1}, {1, 0}});
    try (Trainer trainer =
        tagger.compile(
            Training.with(Sgd.rate(0.1))
                .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
                .metrics(Metrics.accuracy()))) {
      double loss = trainer.testOnBatch(Examples.of(values, labels).weights(weights)).loss();
      assertThat(loss).isFinite().isPositive();
      ConfusionMatrix matrix = new ConfusionMatrix();
      Dataset data =
          Dataset.builder()
              .input("steps", values)
              .target("tags", labels)
              .target(Examples.WEIGHTS + "tags", weights)
              .build();
      trainer.evaluate(data, 2, matrix);
      assertThat(matrix.support(0) + matrix.support(1) + matrix.support(2)).isEqualTo(3);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> trainer.testOnBatch(values, labels))
          .withMessageContaining("-1");
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> trainer.testOnBatch(Examples.of(values, labels.neg()).weights(Nd4j.ones(2, 3))))
          .withMessageContaining(
              "expects float32 (batch,) as sample weights of \"tags\", or (batch, 2) for one"
                  + " weight a step, got float32 (2, 3)");
    }
  }

  @Test
  void lossOfPairs_onSteps_isRefused() {
    Input steps = Input.of("steps", 3, 2);
    Model model = Model.sequential("net", steps, Masking.of(), Dense.units(4));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> {
              try (Trainer trainer =
                  model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.ntXent()))) {
                trainer.trainOnBatch(Examples.of(Nd4j.ones(2, 3, 2)));
              }
            })
        .withMessageContaining("pool or flatten");
  }
}
