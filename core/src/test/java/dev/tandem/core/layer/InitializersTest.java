package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.initializer.VarianceScaling;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InitializersTest {

  /** A kernel of fans 2 · 3 · 50 = 300 and 2 · 3 · 100 = 600. */
  private static final long[] KERNEL = {2, 3, 50, 100};

  private static final double COUNT = 30_000;

  /** What numbers should look like: the extreme is the largest absolute value there can be. */
  record Expected(
      String title, Initializer initializer, double mean, double deviation, double extreme) {
    @Override
    public String toString() {
      return title;
    }
  }

  static List<Expected> random() {
    double truncated = 2 / 0.87962566103423978;
    return List.of(
        new Expected("uniform", Initializers.uniform(-1, 3), 1, 4 / Math.sqrt(12), 3),
        new Expected("normal", Initializers.normal(0.02), 0, 0.02, 1),
        new Expected("normal around 5", Initializers.normal(5, 0.1), 5, 0.1, 6),
        new Expected(
            "truncated", Initializers.truncatedNormal(0.5), 0, 0.5 * 0.87962566103423978, 1),
        uniform("glorot", Initializers.glorotUniform(), 6.0 / 900),
        uniform("he", Initializers.heUniform(), 6.0 / 300),
        uniform("lecun", Initializers.lecunUniform(), 3.0 / 300),
        normal("glorot", Initializers.glorotNormal(), 2.0 / 900, truncated),
        normal("he", Initializers.heNormal(), 2.0 / 300, truncated),
        normal("lecun", Initializers.lecunNormal(), 1.0 / 300, truncated));
  }

  private static Expected uniform(String title, Initializer initializer, double squaredLimit) {
    double limit = Math.sqrt(squaredLimit);
    return new Expected(title + " uniform", initializer, 0, limit / Math.sqrt(3), limit);
  }

  private static Expected normal(
      String title, Initializer initializer, double variance, double bound) {
    double deviation = Math.sqrt(variance);
    return new Expected(title + " normal", initializer, 0, deviation, deviation * bound);
  }

  @ParameterizedTest
  @MethodSource("random")
  void numbers_haveTheirMeanAndDeviation(Expected expected) {
    double[] numbers = Numbers.list(Numbers.filled(expected.initializer(), 11, KERNEL));
    DoubleSummaryStatistics statistics = Arrays.stream(numbers).summaryStatistics();
    double variance =
        Arrays.stream(numbers).map(x -> Math.pow(x - expected.mean(), 2)).sum() / COUNT;

    double error = expected.deviation() / Math.sqrt(COUNT);
    assertThat(statistics.getAverage()).isCloseTo(expected.mean(), within(4 * error));
    assertThat(Math.sqrt(variance)).isCloseTo(expected.deviation(), within(4 * error));
    assertThat(statistics.getMax()).isLessThanOrEqualTo(expected.extreme());
    assertThat(statistics.getMin()).isGreaterThanOrEqualTo(-expected.extreme());
  }

  @ParameterizedTest
  @MethodSource("random")
  void numbers_areAFunctionOfTheSeed(Expected expected) {
    INDArray first = Numbers.filled(expected.initializer(), 5, KERNEL);

    assertThat(Numbers.list(Numbers.filled(expected.initializer(), 5, KERNEL)))
        .isEqualTo(Numbers.list(first));
    assertThat(Numbers.list(Numbers.filled(expected.initializer(), 6, KERNEL)))
        .isNotEqualTo(Numbers.list(first));
  }

  @ParameterizedTest
  @MethodSource("random")
  void numbers_inFloat32_areThoseOfFloat64(Expected expected) {
    INDArray floats = Nd4j.createUninitialized(DataType.FLOAT, KERNEL, 'c');
    expected.initializer().fill(floats, dev.tandem.core.op.random.CounterRandom.of(5));

    INDArray exact = Numbers.filled(expected.initializer(), 5, KERNEL);
    double difference = floats.castTo(DataType.DOUBLE).sub(exact).amaxNumber().doubleValue();
    assertThat(difference).isLessThan(1e-6);
  }

  @Test
  void orthogonal_tall_hasOrthonormalColumns() {
    INDArray matrix = Numbers.filled(Initializers.orthogonal(2), 3, 2, 3, 4).reshape(6, 4);

    assertThat(
            matrix.transpose().mmul(matrix).distance2(Nd4j.eye(4).castTo(DataType.DOUBLE).muli(4)))
        .isLessThan(1e-12);
  }

  @Test
  void orthogonal_wide_hasOrthonormalRows() {
    INDArray matrix = Numbers.filled(Initializers.orthogonal(), 3, 40, 160);

    assertThat(matrix.mmul(matrix.transpose()).distance2(Nd4j.eye(40).castTo(DataType.DOUBLE)))
        .isLessThan(1e-12);
  }

  @Test
  void orthogonal_prefersNoSign() {
    int positive = 0;
    for (int seed = 0; seed < 200; seed++) {
      positive += Numbers.filled(Initializers.orthogonal(), seed, 3, 3).getDouble(0) > 0 ? 1 : 0;
    }

    assertThat(positive).isBetween(70, 130);
  }

  @Test
  void fans_ofAVector_areItsSize() {
    INDArray bias = Numbers.filled(Initializers.lecunUniform(), 1, 12);

    assertThat(bias.amaxNumber().doubleValue()).isBetween(0.3, 0.5);
  }

  @Test
  void constants_areEverywhere() {
    assertThat(Numbers.list(Numbers.filled(Initializers.zeros(), 1, 3))).containsOnly(0);
    assertThat(Numbers.list(Numbers.filled(Initializers.ones(), 1, 3))).containsOnly(1);
    assertThat(Numbers.list(Numbers.filled(Initializers.constant(0.25), 1, 3))).containsOnly(0.25);
  }

  @Test
  void weights_initializedWithASeed_areTheSameAgain() {
    Dense layer = Dense.units(4);
    layer.apply(Input.of("x", 3));
    Weight kernel = layer.weight("kernel");

    kernel.initialize(9);
    INDArray first = kernel.values();
    kernel.initialize(10);
    INDArray other = kernel.values();
    kernel.initialize(9);

    assertThat(kernel.values()).isEqualTo(first).isNotEqualTo(other);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> Initializers.normal(-1))
        .hasMessage("deviation is not at least 0: -1.0");
    assertThatThrownBy(() -> Initializers.uniform(1, 0))
        .hasMessage("low is above high: 1.0 and 0.0");
    assertThatThrownBy(
            () ->
                new VarianceScaling(
                    0, VarianceScaling.Fan.IN, VarianceScaling.Distribution.UNIFORM))
        .hasMessage("scale is not above 0: 0.0");
  }
}
