package dev.tandem.core.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** No metric hides NaN, and samples of weight 0 are left out. */
class NaNMetricTest {

  static Stream<Metric> metrics() {
    return Stream.of(
        Metrics.accuracy(),
        Metrics.binaryAccuracy(),
        Metrics.precision(),
        Metrics.recall(),
        Metrics.f1(),
        Metrics.f1(Averaging.MACRO),
        Metrics.recallOfClass(1),
        Metrics.auc(),
        Metrics.prAuc(),
        Metrics.expectedCalibrationError(),
        Metrics.rSquared(),
        Metrics.meanAbsolutePercentageError(),
        Metrics.meanSquaredError(),
        Metrics.meanAbsoluteError(),
        Metrics.rootMeanSquaredError());
  }

  static Stream<Metric> ofClasses() {
    return Stream.of(
        Metrics.accuracy(),
        Metrics.categoricalAccuracy(),
        Metrics.topK(2),
        Metrics.f1(Averaging.WEIGHTED),
        Metrics.precision(Averaging.MICRO));
  }

  private static double of(Metric metric, INDArray target, INDArray prediction, INDArray weights) {
    Metric.Accumulator accumulator = metric.accumulator();
    accumulator.add(target, prediction, weights);
    return accumulator.result();
  }

  private static INDArray column(float... numbers) {
    return Nd4j.createFromArray(numbers).reshape(numbers.length, 1);
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void nan_inAPredictionOrATarget_isNaN(Metric metric) {
    INDArray target = column(0, 1, 0, 1);
    INDArray prediction = column(0.2f, 0.9f, 0.6f, 0.7f);
    INDArray bad = column(0.2f, Float.NaN, 0.6f, 0.7f);
    INDArray missing = column(0, Float.NaN, 0, 1);
    INDArray left = Nd4j.createFromArray(1f, 0f, 1f, 1f);
    double expected = of(metric, target, prediction, left);

    assertThat(of(metric, target, bad, null)).isNaN();
    assertThat(of(metric, missing, prediction, null)).isNaN();
    assertThat(expected).isFinite();
    assertThat(of(metric, missing, prediction, left)).isEqualTo(expected);
    assertThat(of(metric, target, bad, left)).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("ofClasses")
  void nan_inARowOfClasses_isNaN(Metric metric) {
    INDArray target = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, 0}});
    INDArray bad = Nd4j.createFromArray(new float[][] {{1, 0, 0}, {0, 1, Float.NaN}});
    assertThat(of(metric, target, bad, null)).isNaN();
    assertThat(of(metric, bad, target, null)).isNaN();
    assertThat(of(metric, bad, target, Nd4j.createFromArray(1f, 0f))).isEqualTo(1);
  }
}
