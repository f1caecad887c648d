package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FidTest {

  /** The distance in the plane, where the trace of the root of S is √(tr S + 2 √det S). */
  private static double inThePlane(double[][] x, double[][] y) {
    double[] mx = mean(x);
    double[] my = mean(y);
    double[][] a = covariance(x, mx);
    double[][] b = covariance(y, my);
    double trace = a[0][0] * b[0][0] + 2 * a[0][1] * b[0][1] + a[1][1] * b[1][1];
    double root = Math.sqrt(trace + 2 * Math.sqrt(determinant(a) * determinant(b)));
    double apart = Math.pow(mx[0] - my[0], 2) + Math.pow(mx[1] - my[1], 2);
    return apart + a[0][0] + a[1][1] + b[0][0] + b[1][1] - 2 * root;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[2];
    for (double[] row : rows) {
      mean[0] += row[0] / rows.length;
      mean[1] += row[1] / rows.length;
    }
    return mean;
  }

  private static double[][] covariance(double[][] rows, double[] mean) {
    double[][] covariance = new double[2][2];
    for (double[] row : rows) {
      for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 2; j++) {
          covariance[i][j] += (row[i] - mean[i]) * (row[j] - mean[j]) / (rows.length - 1);
        }
      }
    }
    return covariance;
  }

  private static double determinant(double[][] m) {
    return m[0][0] * m[1][1] - m[0][1] * m[1][0];
  }

  @Test
  void distance_inThePlane_isTheClosedForm() {
    INDArray x =
        Gaussian.matrix(1, 50, 2).mmul(Nd4j.createFromArray(new double[][] {{2, 1}, {0, 1}}));
    INDArray y =
        Gaussian.matrix(2, 70, 2)
            .mmul(Nd4j.createFromArray(new double[][] {{1, -3}, {.5, 1}}))
            .addRowVector(Nd4j.createFromArray(5.0, -2.0));

    assertThat(Fid.between(x, y))
        .isCloseTo(inThePlane(x.toDoubleMatrix(), y.toDoubleMatrix()), within(1e-9));
  }

  @Test
  void distance_ofASetToItself_isZero() {
    INDArray x = Gaussian.matrix(1, 200, 16);

    assertThat(Fid.between(x, x)).isCloseTo(0, within(1e-9));
  }

  @Test
  void distance_isSymmetric_andInvariantUnderRotationAndShift() {
    INDArray x =
        Gaussian.matrix(1, 300, 6).mulRowVector(Nd4j.linspace(1, 3, 6).castTo(DataType.DOUBLE));
    INDArray y = Gaussian.matrix(2, 200, 6).add(1);
    INDArray rotation = Gaussian.rotation(6);
    double distance = Fid.between(x, y);

    assertThat(Fid.between(y, x)).isCloseTo(distance, within(1e-9));
    assertThat(Fid.between(x.mmul(rotation).add(100), y.mmul(rotation).add(100)))
        .isCloseTo(distance, within(1e-8));
  }

  @Test
  void distance_ofTwoGaussians_nearsTheClosedForm() {
    // N(0, I) and N(m, 4 I) in 8 dimensions: |m|² + 8 (2 − 1)² = 2 + 8, and the bias of 20,000
    // samples is some parts in ten thousand.
    INDArray x = Gaussian.matrix(1, 20_000, 8);
    INDArray y = Gaussian.matrix(2, 20_000, 8).muli(2).addi(.5);

    assertThat(Fid.between(x, y)).isCloseTo(10, within(.15));
  }

  @Test
  void distance_withAFeatureThatNeverMoves_isFinite() {
    INDArray x = Gaussian.matrix(1, 100, 4);
    INDArray y = Gaussian.matrix(2, 100, 4);
    x.getColumn(2).assign(0);
    y.getColumn(2).assign(0);
    INDArray x3 = Nd4j.hstack(x.getColumns(0, 1), x.getColumns(3)).dup('c');
    INDArray y3 = Nd4j.hstack(y.getColumns(0, 1), y.getColumns(3)).dup('c');

    assertThat(Fid.between(x, y)).isCloseTo(Fid.between(x3, y3), within(1e-7));
  }

  @Test
  void score_ofEqualDistributions_isAboutItsFloor() {
    RealFeatures real = Gaussian.real(1, 2_000, 8);
    Score score = Fid.measure(real, Gaussian.features(5, 2_000, 8), 3);

    assertThat(score.value())
        .isCloseTo(
            Fid.between(real.reference().values(), Gaussian.matrix(5, 2_000, 8)), within(1e-9));
    assertThat(score.floor()).isGreaterThan(0);
    assertThat(score.value() / score.floor()).isBetween(.5, 2.0);
    assertThat(score.low()).isLessThan(score.value());
    assertThat(score.high()).isGreaterThan(score.value());
    assertThat(score.samples()).isEqualTo(2_000);
    assertThat(score.seed()).isEqualTo(3);
  }

  @Test
  void standardError_isTheSpreadOverFreshSamples() {
    RealFeatures real = Gaussian.real(1, 2_000, 4);
    double[] values = new double[40];
    double error = 0;
    for (int i = 0; i < values.length; i++) {
      INDArray fake = Gaussian.matrix(100 + i, 1_000, 4).muli(1.5);
      Score score = Fid.measure(real, Features.of(fake, Gaussian.SPACE), 1);
      values[i] = score.value();
      error += score.standardError() / values.length;
    }
    double spread = Score.Estimate.mean(values).standardError() * Math.sqrt(values.length);

    // 40 values know their spread to 11 %, and jackknives of 10 blocks are a little generous.
    assertThat(error / spread).isBetween(.7, 1.4);
  }

  @Test
  void tooFewSamples_areRefused() {
    assertThatThrownBy(
            () -> Fid.measure(Gaussian.real(1, 100, 64), Gaussian.features(2, 64, 64), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "FID needs at least 65 generated samples for a covariance of 64 features, got 64;"
                + " sample more");
  }

  @Test
  void featuresOfAnotherExtractor_areRefused() {
    Features other =
        Features.of(Gaussian.matrix(1, 100, 4), new FeatureSpace("net", "ab".repeat(32)));

    assertThatThrownBy(() -> Fid.measure(Gaussian.real(1, 100, 4), other, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("net abababababab")
        .hasMessageContaining("through one extractor");
  }
}
