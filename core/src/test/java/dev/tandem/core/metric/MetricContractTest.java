package dev.tandem.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What holds for every metric: a new one is one more line in the list. */
class MetricContractTest {

  static List<Metric> metrics() {
    return List.of(
        Metrics.accuracy(),
        Metrics.binaryAccuracy(),
        Metrics.categoricalAccuracy(),
        Metrics.sparseCategoricalAccuracy(),
        Metrics.topK(2),
        Metrics.precision(),
        Metrics.recall(),
        Metrics.f1(),
        Metrics.f1(Averaging.MACRO),
        Metrics.precision(Averaging.MICRO),
        Metrics.recall(Averaging.WEIGHTED),
        Metrics.f1OfClass(1),
        Metrics.auc(),
        Metrics.prAuc(),
        Metrics.expectedCalibrationError(),
        Metrics.rSquared(),
        Metrics.meanAbsolutePercentageError(),
        Metrics.meanSquaredError(),
        Metrics.meanAbsoluteError(),
        Metrics.rootMeanSquaredError());
  }

  private static final int SAMPLES = 40;
  private static final int CLASSES = 5;

  private static INDArray predictions() {
    Random random = new Random(3);
    INDArray array = Nd4j.createUninitialized(DataType.FLOAT, new long[] {SAMPLES, CLASSES}, 'c');
    for (int i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextInt(20) / 20f);
    }
    return array;
  }

  private static INDArray targets(Metric metric) {
    Random random = new Random(4);
    INDArray rows = Nd4j.zeros(DataType.FLOAT, SAMPLES, CLASSES);
    INDArray numbers = Nd4j.zeros(DataType.INT32, SAMPLES);
    for (int i = 0; i < SAMPLES; i++) {
      int right = random.nextInt(CLASSES);
      rows.putScalar(i, right, 1);
      numbers.putScalar(i, right);
    }
    return metric instanceof SparseCategoricalAccuracy ? numbers : rows;
  }

  private static INDArray weights() {
    Random random = new Random(5);
    double[] weights = random.doubles(SAMPLES).toArray();
    return Nd4j.createFromArray(weights);
  }

  private static INDArray part(INDArray array, int from, int to) {
    return array.rank() == 1
        ? array.get(NDArrayIndex.interval(from, to))
        : array.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
  }

  /** Of targets of 0, which these are, a percentage is of the order of 1e9. */
  private static Offset<Double> withinRounding(Metric metric) {
    return within(metric instanceof MeanAbsolutePercentageError ? 1e-3 : 1e-12);
  }

  private static double whole(Metric metric, INDArray target, INDArray prediction) {
    Metric.Accumulator accumulator = metric.accumulator();
    accumulator.add(target, prediction, weights());
    return accumulator.result();
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void result_ofBatches_isThatOfTheWhole(Metric metric) {
    INDArray target = targets(metric);
    INDArray prediction = predictions();
    Metric.Accumulator parts = metric.accumulator();
    for (int[] range : new int[][] {{0, 16}, {16, 32}, {32, 33}, {33, SAMPLES}}) {
      parts.add(
          part(target, range[0], range[1]),
          part(prediction, range[0], range[1]),
          part(weights(), range[0], range[1]));
    }

    assertThat(parts.result()).isCloseTo(whole(metric, target, prediction), withinRounding(metric));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void result_ofOtherTypesAndOrders_isTheSame(Metric metric) {
    INDArray target = targets(metric);
    INDArray prediction = predictions();
    double expected = whole(metric, target, prediction);

    assertThat(whole(metric, target.dup('f'), prediction.dup('f'))).isEqualTo(expected);
    for (DataType type : List.of(DataType.DOUBLE, DataType.INT64, DataType.INT8)) {
      assertThat(whole(metric, target.castTo(type), prediction)).isEqualTo(expected);
    }
    assertThat(whole(metric, target, prediction.castTo(DataType.DOUBLE)))
        .isCloseTo(expected, withinRounding(metric));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void result_ofWholeWeights_isThatOfRepeatedSamples(Metric metric) {
    INDArray target = targets(metric);
    INDArray prediction = predictions();
    Metric.Accumulator weighted = metric.accumulator();
    weighted.add(
        part(target, 0, 2), part(prediction, 0, 2), Nd4j.createFromArray(new float[] {2, 1}));
    Metric.Accumulator repeated = metric.accumulator();
    repeated.add(part(target, 0, 2), part(prediction, 0, 2), null);
    repeated.add(part(target, 0, 1), part(prediction, 0, 1), null);

    assertThat(weighted.result()).isCloseTo(repeated.result(), withinRounding(metric));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void result_overNothing_isNaN(Metric metric) {
    Metric.Accumulator accumulator = metric.accumulator();
    assertThat(accumulator.result()).isNaN();

    accumulator.add(targets(metric), predictions(), null);
    assertThat(accumulator.result()).isNotNaN();
    accumulator.reset();
    assertThat(accumulator.result()).isNaN();

    accumulator.add(targets(metric), predictions(), weights());
    assertThat(accumulator.result()).isEqualTo(whole(metric, targets(metric), predictions()));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void add_ofShapesThatDoNotFit_namesBothAndAddsNothing(Metric metric) {
    Metric.Accumulator accumulator = metric.accumulator();

    assertThatThrownBy(() -> accumulator.add(Nd4j.zeros(40, 4), predictions(), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(metric.name() + ": target (40, 4) does not fit the prediction (40, 5)");
    assertThatThrownBy(() -> accumulator.add(Nd4j.zeros(39, 5), predictions(), null))
        .hasMessage(metric.name() + ": target (39, 5) does not fit the prediction (40, 5)");
    assertThatThrownBy(() -> accumulator.add(targets(metric), predictions(), part(weights(), 0, 9)))
        .hasMessage("sample weights are not (40,): (9,)");
    assertThat(accumulator.result()).isNaN();
  }

  @Test
  void names_areDistinct() {
    assertThat(metrics().stream().map(Metric::name)).doesNotHaveDuplicates();
  }

  @Test
  void types_holdEveryMetric() {
    Set<Class<?>> listed = metrics().stream().map(Metric::getClass).collect(Collectors.toSet());
    Set<Class<?>> found =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem.core.metric")
                .stream()
                .filter(type -> type.isAssignableTo(Metric.class) && type.isRecord())
                .map(JavaClass::reflect)
                .collect(Collectors.toSet());

    assertThat(listed).isEqualTo(found);
    assertThat(found).isEqualTo(Set.copyOf(MetricTypes.all().values()));
  }
}
