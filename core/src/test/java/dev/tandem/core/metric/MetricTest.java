package dev.tandem.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers by hand; where they say so, Keras 3.15.1 gives them too. */
class MetricTest {

  private static final Offset<Double> CLOSE = within(1e-12);

  private static final INDArray BITS = of(new float[][] {{1, 0, 1}, {0, 0, 1}});
  private static final INDArray CHANCES = of(new float[][] {{.6f, .5f, .2f}, {.4f, .9f, .8f}});
  private static final INDArray SCORES = of(new float[][] {{.1f, .7f, .2f}, {.3f, .3f, .4f}});
  private static final INDArray WEIGHTS = Nd4j.createFromArray(1f, 3f);

  private static INDArray of(float[][] rows) {
    return Nd4j.createFromArray(rows);
  }

  private static INDArray numbers(int... numbers) {
    return Nd4j.createFromArray(numbers);
  }

  private static double result(Metric metric, INDArray target, INDArray prediction) {
    return weighted(metric, target, prediction, null);
  }

  private static double weighted(
      Metric metric, INDArray target, INDArray prediction, INDArray weights) {
    Metric.Accumulator accumulator = metric.accumulator();
    accumulator.add(target, prediction, weights);
    return accumulator.result();
  }

  @Test
  void binaryAccuracy_countsTheRightSide() {
    // right: yes no(.5 is not above) no | yes no yes
    assertThat(result(Metrics.binaryAccuracy(), BITS, CHANCES)).isCloseTo(4. / 6, CLOSE);
    // the first sample has 2/3 right, the second one too
    assertThat(weighted(Metrics.binaryAccuracy(), BITS, CHANCES, WEIGHTS)).isCloseTo(2. / 3, CLOSE);
    // above .1: all say yes
    assertThat(result(Metrics.binaryAccuracy(.1), BITS, CHANCES)).isCloseTo(.5, CLOSE);
  }

  @Test
  void binaryAccuracy_ofLogits_needsTheThreshold0() {
    INDArray logits = of(new float[][] {{.2f}, {-3}, {4}});
    INDArray targets = of(new float[][] {{1}, {0}, {1}});

    assertThat(result(Metrics.binaryAccuracy(0), targets, logits)).isEqualTo(1);
    assertThat(result(Metrics.binaryAccuracy(), targets, logits)).isCloseTo(2. / 3, CLOSE);
  }

  @Test
  void binaryAccuracy_ofSoftLabels_takesWhatTheyAreNearTo() {
    INDArray targets = of(new float[][] {{.9f}, {.1f}});

    assertThat(result(Metrics.binaryAccuracy(), targets, of(new float[][] {{.7f}, {.2f}})))
        .isEqualTo(1);
  }

  @Test
  void categoricalAccuracy_comparesTheLargest() {
    INDArray rows = of(new float[][] {{0, 1, 0}, {1, 0, 0}});

    assertThat(result(Metrics.categoricalAccuracy(), rows, SCORES)).isEqualTo(.5);
    assertThat(weighted(Metrics.categoricalAccuracy(), rows, SCORES, WEIGHTS)).isEqualTo(.25);
  }

  @Test
  void sparseCategoricalAccuracy_comparesWithNumbersOfAnyType() {
    Metric metric = Metrics.sparseCategoricalAccuracy();

    assertThat(result(metric, numbers(1, 0), SCORES)).isEqualTo(.5);
    assertThat(result(metric, numbers(1, 2), SCORES)).isEqualTo(1);
    assertThat(result(metric, Nd4j.createFromArray(1L, 2L), SCORES)).isEqualTo(1);
    assertThat(result(metric, Nd4j.createFromArray(1f, 2f), SCORES)).isEqualTo(1);
    assertThat(result(metric, Nd4j.createFromArray(new byte[] {1, 2}), SCORES)).isEqualTo(1);
    assertThat(result(metric, of(new float[][] {{1}, {2}}), SCORES)).isEqualTo(1);
  }

  @Test
  void sparseCategoricalAccuracy_overPlaces_averagesThemPerSample() {
    INDArray scores = SCORES.reshape(1, 2, 3);

    assertThat(result(Metrics.sparseCategoricalAccuracy(), numbers(1, 0).reshape(1, 2), scores))
        .isEqualTo(.5);
  }

  @Test
  void sparseCategoricalAccuracy_ofAnUnknownClass_addsNothing() {
    Metric.Accumulator accumulator = Metrics.sparseCategoricalAccuracy().accumulator();

    assertThatThrownBy(() -> accumulator.add(numbers(1, 3), SCORES, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "sparse_categorical_accuracy: target class is not a whole number in [0, 3): 3.0,"
                + " number 1 of the batch, counted from 0");
    assertThat(accumulator.result()).isNaN();
  }

  @Test
  void topK_countsTheRightClassAmongTheBest() {
    assertThat(result(Metrics.topK(1), numbers(2, 2), SCORES)).isEqualTo(.5);
    assertThat(result(Metrics.topK(2), numbers(2, 2), SCORES)).isEqualTo(1);
    assertThat(result(Metrics.topK(2), numbers(0, 2), SCORES)).isEqualTo(.5);
    assertThat(result(Metrics.topK(3), numbers(0, 2), SCORES)).isEqualTo(1);
    assertThat(result(Metrics.topK(2), of(new float[][] {{0, 0, 1}, {0, 0, 1}}), SCORES))
        .isEqualTo(1);
    assertThat(Metrics.topK(5).name()).isEqualTo("top_5_accuracy");
  }

  @Test
  void topK_ofEqualScoresAtTheBorder_countsAllOfThem() {
    // as Keras: 1.0
    INDArray scores = of(new float[][] {{.1f, .9f, .1f}, {.3f, .3f, .4f}});

    assertThat(result(Metrics.topK(2), numbers(2, 1), scores)).isEqualTo(1);
  }

  @Test
  void accuracy_choosesByShape() {
    assertThat(result(Metrics.accuracy(), numbers(1, 0), SCORES)).isEqualTo(.5);
    assertThat(result(Metrics.accuracy(), of(new float[][] {{1}, {0}}), SCORES)).isEqualTo(.5);
    assertThat(result(Metrics.accuracy(), of(new float[][] {{0, 1, 0}, {0, 0, 1}}), SCORES))
        .isEqualTo(1);
    INDArray chances = of(new float[][] {{.6f}, {.7f}});
    assertThat(result(Metrics.accuracy(), of(new float[][] {{1}, {0}}), chances)).isEqualTo(.5);
    assertThat(result(Metrics.accuracy(), numbers(1, 0), chances)).isEqualTo(.5);
    assertThat(result(Metrics.accuracy(), numbers(1, 0), chances.reshape(2))).isEqualTo(.5);
    assertThat(Metrics.accuracy().name()).isEqualTo("accuracy");
  }

  @Test
  void precisionAndRecall_countByWeight() {
    // said yes: .6 (right, weight 1), .9 (wrong, 3), .8 (right, 3); missed: .2 (weight 1)
    assertThat(weighted(Metrics.precision(), BITS, CHANCES, WEIGHTS)).isCloseTo(4. / 7, CLOSE);
    assertThat(weighted(Metrics.recall(), BITS, CHANCES, WEIGHTS)).isCloseTo(4. / 5, CLOSE);
    assertThat(result(Metrics.precision(), BITS, CHANCES)).isCloseTo(2. / 3, CLOSE);
    assertThat(result(Metrics.recall(.1), BITS, CHANCES)).isEqualTo(1);
  }

  @Test
  void precisionAndRecall_withoutAnyYes_areZeroAsInKeras() {
    INDArray none = Nd4j.zeros(2, 3);

    assertThat(result(Metrics.precision(), BITS, none)).isZero();
    assertThat(result(Metrics.recall(), none, CHANCES)).isZero();
  }

  @Test
  void errors_averageBySampleWeights() {
    // errors 1 0 | -2 4
    INDArray target = of(new float[][] {{0, 1}, {2, -1}});
    INDArray prediction = of(new float[][] {{1, 1}, {0, 3}});

    assertThat(result(Metrics.meanAbsoluteError(), target, prediction)).isEqualTo(7. / 4);
    assertThat(result(Metrics.meanSquaredError(), target, prediction)).isEqualTo(21. / 4);
    assertThat(weighted(Metrics.meanSquaredError(), target, prediction, WEIGHTS))
        .isEqualTo((.5 + 3 * 10) / 4);
    assertThat(weighted(Metrics.meanAbsoluteError(), target, prediction, WEIGHTS))
        .isEqualTo((.5 + 3 * 3) / 4);
    assertThat(weighted(Metrics.rootMeanSquaredError(), target, prediction, WEIGHTS))
        .isCloseTo(Math.sqrt(30.5 / 4), CLOSE);
  }

  @Test
  void mean_weighsWhatIsAdded() {
    Mean mean = new Mean();
    assertThat(mean.result()).isNaN();
    mean.add(2, 64);
    mean.add(5, 32);

    assertThat(mean.result()).isEqualTo(3);
    mean.reset();
    mean.add(7);
    assertThat(mean.result()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY})
  void thresholds_outOfRange_areRefused(double threshold) {
    String message = "threshold is not a finite number: " + threshold;
    assertThatThrownBy(() -> Metrics.binaryAccuracy(threshold))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
    assertThatThrownBy(() -> Metrics.precision(threshold)).hasMessage(message);
    assertThatThrownBy(() -> Metrics.recall(threshold)).hasMessage(message);
    assertThatThrownBy(() -> Metrics.topK(0)).hasMessage("k is not at least 1: 0");
  }
}
