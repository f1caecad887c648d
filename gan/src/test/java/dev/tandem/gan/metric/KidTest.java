package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class KidTest {

  private static double kernel(double[] x, double[] y) {
    double product = 0;
    for (int i = 0; i < x.length; i++) {
      product += x[i] * y[i];
    }
    return Math.pow(product / x.length + 1, 3);
  }

  /** Equation 4 of arXiv 1801.01401, word for word. */
  private static double definition(double[][] x, double[][] y) {
    double m = x.length;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        if (i != j) {
          sum += (kernel(x[i], x[j]) + kernel(y[i], y[j])) / (m * (m - 1));
        }
        sum -= 2 * kernel(x[i], y[j]) / (m * m);
      }
    }
    return sum;
  }

  @Test
  void discrepancy_isTheDefinition() {
    INDArray x = Gaussian.matrix(1, 30, 5);
    INDArray y = Gaussian.matrix(2, 30, 5).add(.3);

    assertThat(Kid.discrepancy(x, y))
        .isCloseTo(definition(x.toDoubleMatrix(), y.toDoubleMatrix()), within(1e-12));
  }

  @Test
  void discrepancy_ofOneDistribution_isZeroOnAverage() {
    double[] values = new double[200];
    for (int i = 0; i < values.length; i++) {
      values[i] = Kid.discrepancy(Gaussian.matrix(2 * i, 50, 4), Gaussian.matrix(2 * i + 1, 50, 4));
    }
    Score.Estimate mean = Score.Estimate.mean(values);

    assertThat(Arrays.stream(values).anyMatch(value -> value < 0)).isTrue();
    assertThat(Math.abs(mean.value())).isLessThan(4 * mean.standardError());
  }

  @Test
  void score_ofShiftedSamples_isFarOverTheFloor() {
    RealFeatures real = Gaussian.real(1, 2_000, 8);
    Features fake = Features.of(Gaussian.matrix(5, 2_000, 8).add(.5), Gaussian.SPACE);
    Score score = new Kid(20, 200).measure(real, fake, 1);

    assertThat(Math.abs(score.floor())).isLessThan(.01);
    assertThat(score.low()).isGreaterThan(.1);
    assertThat(new Kid(20, 200).measure(real, fake, 1)).isEqualTo(score);
    assertThat(new Kid(20, 200).measure(real, fake, 2).value()).isNotEqualTo(score.value());
  }

  @Test
  void fewerThanTwoSubsets_areRefused() {
    assertThatThrownBy(
            () ->
                Kid.standard()
                    .measure(Gaussian.real(1, 2_000, 2), Gaussian.features(2, 1_999, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("KID needs at least 2000 generated samples")
        .hasMessageContaining("got 1999");
    assertThatThrownBy(() -> new Kid(0, 10)).hasMessageContaining("got 0 of 10");
  }
}
