package dev.tandem.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Numbers of the examples in scikit-learn's reference (confusion_matrix, f1_score, precision_score,
 * recall_score, classification_report, r2_score, average_precision_score,
 * mean_absolute_percentage_error, top_k_accuracy_score) and in that of TorchMetrics (calibration
 * error); others by hand.
 */
class JudgingTest {

  private static final Offset<Double> CLOSE = within(1e-12);

  private static final INDArray ACTUAL = numbers(0, 1, 2, 0, 1, 2);
  private static final INDArray PREDICTED = oneHot(3, 0, 2, 1, 0, 0, 1);

  private static INDArray numbers(int... numbers) {
    return Nd4j.createFromArray(numbers);
  }

  private static INDArray column(double... numbers) {
    return Nd4j.createFromArray(numbers);
  }

  private static INDArray oneHot(int classes, int... numbers) {
    INDArray rows = Nd4j.zeros(DataType.FLOAT, numbers.length, classes);
    for (int i = 0; i < numbers.length; i++) {
      rows.putScalar(i, numbers[i], 1);
    }
    return rows;
  }

  private static double of(Metric metric, INDArray target, INDArray prediction) {
    return weighted(metric, target, prediction, null);
  }

  private static double weighted(
      Metric metric, INDArray target, INDArray prediction, INDArray weights) {
    Metric.Accumulator accumulator = metric.accumulator();
    accumulator.add(target, prediction, weights);
    return accumulator.result();
  }

  @Test
  void confusionMatrix_countsByClassAndPrediction() {
    INDArray target = numbers(2, 0, 2, 2, 0, 1);
    ConfusionMatrix matrix = ConfusionMatrix.of(target, oneHot(3, 0, 0, 2, 2, 0, 2));

    assertThat(matrix)
        .hasToString(
            """
            actual \\ predicted  0  1  2
                             0  2  0  0
                             1  0  0  1
                             2  1  0  2
            """);
    assertThat(matrix.count(2, 0)).isEqualTo(1);
    assertThat(matrix.support(2)).isEqualTo(3);
    assertThat(matrix.accuracy()).isEqualTo(4. / 6);
    assertThatThrownBy(() -> matrix.count(3, 0))
        .hasMessage("confusion matrix: there is no class 3, the classes are [0, 3)");
  }

  @Test
  void report_ofThreeClasses_readsLikeThoseOfTheField() {
    ConfusionMatrix matrix = ConfusionMatrix.of(numbers(0, 1, 2, 2, 2), oneHot(3, 0, 0, 2, 2, 1));

    assertThat(matrix.report("class 0", "class 1", "class 2"))
        .isEqualTo(
            """
                         precision    recall  f1-score   support

                 class 0      0.50      1.00      0.67         1
                 class 1      0.00      0.00      0.00         1
                 class 2      1.00      0.67      0.80         3

                accuracy                          0.60         5
               macro avg      0.50      0.56      0.49         5
            weighted avg      0.70      0.60      0.61         5
            """);
    assertThatThrownBy(() -> matrix.report("cat", "dog"))
        .hasMessage("confusion matrix: there are 3 classes, and names [cat, dog]");
  }

  @Test
  void confusionMatrix_ofBatchesWithWeights_addsThemUp() {
    ConfusionMatrix matrix = new ConfusionMatrix();
    matrix.add(numbers(0, 1), oneHot(2, 0, 0), column(2, .5));
    matrix.add(oneHot(2, 1, 1), oneHot(2, 1, 0), column(1, 0));

    assertThat(matrix.count(1, 0)).isEqualTo(.5);
    assertThat(matrix.accuracy()).isCloseTo(3 / 3.5, CLOSE);
    assertThat(matrix.score(ClassScore.Kind.RECALL, 1)).isCloseTo(1 / 1.5, CLOSE);
    assertThatThrownBy(() -> matrix.add(numbers(0), oneHot(3, 0), null))
        .hasMessageContaining("a batch has 3 classes, and those before had 2");
    assertThatThrownBy(() -> matrix.add(numbers(1, 2), oneHot(2, 1, 1), null))
        .hasMessageContaining("target class is not a whole number in [0, 2): 2.0");
    assertThat(matrix.total()).isEqualTo(3.5);
    matrix.add(numbers(1), Nd4j.createFromArray(new float[][] {{0, Float.NaN}}), null);
    assertThat(matrix.accuracy()).isNaN();
    assertThat(matrix.report()).contains("NaN");
  }

  @Test
  void confusionMatrix_ofOnePrediction_hasNoAndYes() {
    INDArray logits = column(-1, .2, 3);
    ConfusionMatrix matrix = new ConfusionMatrix(0);
    matrix.add(numbers(0, 1, 1), logits, null);

    assertThat(matrix.accuracy()).isEqualTo(1);
    assertThat(matrix.classes()).isEqualTo(2);
    assertThat(ConfusionMatrix.of(numbers(0, 1, 1), logits.reshape(3, 1)).count(1, 0)).isEqualTo(1);
  }

  @Test
  void scoresOfClasses_areThoseOfScikitLearn() {
    assertThat(of(Metrics.f1(Averaging.MACRO), ACTUAL, PREDICTED)).isCloseTo(.8 / 3, CLOSE);
    assertThat(of(Metrics.f1(Averaging.MICRO), ACTUAL, PREDICTED)).isCloseTo(1. / 3, CLOSE);
    assertThat(of(Metrics.f1(Averaging.WEIGHTED), ACTUAL, PREDICTED)).isCloseTo(.8 / 3, CLOSE);
    assertThat(of(Metrics.precision(Averaging.MACRO), ACTUAL, PREDICTED)).isCloseTo(2. / 9, CLOSE);
    assertThat(of(Metrics.precision(Averaging.MICRO), ACTUAL, PREDICTED)).isCloseTo(1. / 3, CLOSE);
    assertThat(of(Metrics.recall(Averaging.MACRO), ACTUAL, PREDICTED)).isCloseTo(1. / 3, CLOSE);
    assertThat(of(Metrics.precisionOfClass(0), ACTUAL, PREDICTED)).isCloseTo(2. / 3, CLOSE);
    assertThat(of(Metrics.f1OfClass(0), ACTUAL, PREDICTED)).isCloseTo(.8, CLOSE);
    assertThat(of(Metrics.recallOfClass(1), ACTUAL, PREDICTED)).isZero();
    assertThatThrownBy(() -> of(Metrics.f1OfClass(3), ACTUAL, PREDICTED))
        .hasMessage("f1_of_class_3: there is no class 3, the classes are [0, 3)");
  }

  @Test
  void names_sayAverageAndClass() {
    assertThat(
            List.of(
                Metrics.f1(Averaging.MACRO).name(),
                Metrics.recallOfClass(3).name(),
                Metrics.f1().name(),
                Metrics.rSquared().name()))
        .containsExactly("macro_f1", "recall_of_class_3", "f1", "r2");
  }

  /** Classes that occur nowhere are no part of a macro average. */
  @Test
  void macro_ofClassesThatDoNotOccur_leavesThemOut() {
    assertThat(of(Metrics.f1(Averaging.MACRO), numbers(0, 1), oneHot(5, 0, 1))).isEqualTo(1);
  }

  @Test
  void f1_ofYesAndNo_isTheHarmonicMean() {
    // yes: 2 right of 3 said, 2 of 4 actual
    INDArray target = column(1, 1, 1, 1, 0, 0);
    INDArray prediction = column(.9, .8, .1, .2, .7, .3);

    assertThat(of(Metrics.f1(), target, prediction)).isCloseTo(4. / 7, CLOSE);
    assertThat(of(Metrics.f1(), target.mul(0), prediction.mul(0))).isZero();
  }

  @Test
  void rSquared_isThatOfScikitLearn() {
    INDArray target = column(3, -.5, 2, 7);
    assertThat(of(Metrics.rSquared(), target, column(2.5, 0, 2, 8)))
        .isCloseTo(0.9486081370449679, CLOSE);
    assertThat(of(Metrics.rSquared(), column(1, 2, 3), column(2, 2, 2))).isZero();
    assertThat(of(Metrics.rSquared(), column(1, 2, 3), column(3, 2, 1))).isEqualTo(-3);
    INDArray two = Nd4j.createFromArray(new double[][] {{.5, 1}, {-1, 1}, {7, -6}});
    INDArray guess = Nd4j.createFromArray(new double[][] {{0, 2}, {-1, 2}, {8, -5}});
    // outputs apart: 1 − 1.25 / (.5² + 1² + 7² − 6.5² / 3) and 1 − 3 / (38 − 16 / 3)
    double first = 1 - 1.25 / (50.25 - 6.5 * 6.5 / 3);
    double second = 1 - 3 / (38 - 16. / 3);
    assertThat(of(Metrics.rSquared(), two, guess)).isCloseTo((first + second) / 2, CLOSE);
    assertThat(of(Metrics.rSquared(), column(5), column(5))).isNaN();
    assertThat(of(Metrics.rSquared(), column(5, 5), column(5, 5))).isEqualTo(1);
    assertThat(of(Metrics.rSquared(), column(5, 5), column(5, 6))).isZero();
  }

  /** A spread of 1 around a million, in float64: sums of squares would lose it. */
  @Test
  void rSquared_farFromZero_staysExact() {
    Metric.Accumulator accumulator = Metrics.rSquared().accumulator();
    for (int i = 0; i < 100; i++) {
      accumulator.add(column(1e9 - 1, 1e9 + 1), column(1e9 - .5, 1e9 + .5), null);
    }

    assertThat(accumulator.result()).isCloseTo(.75, within(1e-9));
  }

  @Test
  void meanAbsolutePercentageError_isThatOfScikitLearnTimes100() {
    INDArray target = column(3, -.5, 2, 7);

    assertThat(of(Metrics.meanAbsolutePercentageError(), target, column(2.5, 0, 2, 8)))
        .isCloseTo(32.73809523809524, within(1e-9));
  }

  @Test
  void prAuc_isAveragePrecision() {
    INDArray target = column(0, 0, 1, 1);
    assertThat(of(Metrics.prAuc(), target, column(.1, .4, .35, .8)))
        .isCloseTo(.8333333333333333, CLOSE);
    // all equal: one threshold, precision 2 of 4
    assertThat(of(Metrics.prAuc(), target, column(7, 7, 7, 7))).isEqualTo(.5);
    // weights: yes .8 first (weight 3, precision 1), then no .4 (2), then yes .35 (1): 4 of 6
    assertThat(weighted(Metrics.prAuc(), target, column(.1, .4, .35, .8), column(5, 2, 1, 3)))
        .isCloseTo((3 + 4. / 6) / 4, CLOSE);
    assertThat(of(Metrics.prAuc(), column(0, 0), column(.1, .2))).isNaN();
  }

  @Test
  void topK_isThatOfScikitLearn() {
    INDArray scores =
        Nd4j.createFromArray(
            new double[][] {{.5, .2, .2}, {.3, .4, .2}, {.2, .4, .3}, {.7, .2, .1}});

    assertThat(of(Metrics.topK(2), numbers(0, 1, 2, 2), scores)).isEqualTo(.75);
    assertThatThrownBy(() -> of(Metrics.topK(5), numbers(0, 1, 2, 2), scores))
        .hasMessage(
            "top_5_accuracy: there are 3 classes in the prediction (4, 3), so any is among the best"
                + " 5; take fewer");
  }

  @Test
  void calibrationError_isThatOfTorchMetrics() {
    INDArray rows =
        Nd4j.createFromArray(
            new double[][] {{.25, .2, .55}, {.55, .05, .4}, {.1, .3, .6}, {.9, .05, .05}});
    ExpectedCalibrationError three = Metrics.expectedCalibrationError().bins(3);
    assertThat(of(three, numbers(0, 1, 2, 0), rows)).isCloseTo(.2, CLOSE);
    assertThat(of(three, oneHot(3, 0, 1, 2, 0), rows)).isCloseTo(.2, CLOSE);
    assertThat(
            of(
                Metrics.expectedCalibrationError().bins(2),
                column(0, 0, 1, 1, 1),
                column(.25, .25, .55, .75, .75)))
        .isCloseTo(.29, CLOSE);
  }

  @Test
  void calibrationError_ofLogits_needsThemNamed() {
    INDArray logits = Nd4j.createFromArray(new double[][] {{Math.log(3), 0}, {0, Math.log(9)}});
    ExpectedCalibrationError metric = Metrics.expectedCalibrationError();

    // confidences .75 (wrong) and .9 (right), in two bins
    assertThat(of(metric.fromLogits(), numbers(1, 1), logits)).isCloseTo((.75 + .1) / 2, CLOSE);
    assertThat(of(metric.fromLogits(), numbers(1, 0), column(Math.log(3), -Math.log(9))))
        .isCloseTo((.25 + .1) / 2, CLOSE);
    assertThatThrownBy(() -> of(metric, numbers(1, 1), logits))
        .hasMessage(
            "expected_calibration_error: prediction is no probability in [0, 1]: "
                + Math.log(3)
                + "; take fromLogits() for logits");
  }
}
