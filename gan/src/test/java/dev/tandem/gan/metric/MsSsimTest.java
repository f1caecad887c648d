package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.PixelRange;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class MsSsimTest {

  private static final double C1 = .0001;
  private static final double C2 = .0009;

  private static double[] noise(long seed, int length) {
    double[] image = new double[length];
    for (int i = 0; i < length; i++) {
      image[i] = CounterRandom.of(seed).uniform(i);
    }
    return image;
  }

  private static double[] constant(int length, double value) {
    double[] image = new double[length];
    Arrays.fill(image, value);
    return image;
  }

  @Test
  void similarity_ofAnImageToItself_isOne() {
    double[] image = noise(1, 28 * 30 * 3);

    assertThat(Similarity.of(28, 30, 3).of(image, image)).isCloseTo(1, within(1e-12));
  }

  @Test
  void similarity_isSymmetric_andLessThanOne() {
    double[] x = noise(1, 28 * 28);
    double[] y = noise(2, 28 * 28);
    Similarity similarity = Similarity.of(28, 28, 1);

    assertThat(similarity.of(x, y)).isCloseTo(similarity.of(y, x), within(1e-12)).isLessThan(.5);
  }

  @Test
  void similarity_ofPlainImages_isTheirLuminanceByTheLastWeight() {
    double luminance = (2 * .3 * .8 + C1) / (.09 + .64 + C1);
    double[] dark = constant(28 * 28, .3);
    double[] light = constant(28 * 28, .8);

    // Two scales of 28 pixels: the last one has .2856 of .0448 + .2856.
    assertThat(Similarity.of(28, 28, 1).of(dark, light))
        .isCloseTo(Math.pow(luminance, .2856 / (.0448 + .2856)), within(1e-9));
    // Five scales of 176 pixels.
    assertThat(Similarity.of(176, 176, 1).of(constant(176 * 176, .3), constant(176 * 176, .8)))
        .isCloseTo(Math.pow(luminance, .1333 / 1.0001), within(1e-9));
  }

  @Test
  void similarity_ofOneWindow_isTheFormula() {
    double[] x = noise(1, 121);
    double[] y = noise(2, 121);
    double[] sums = new double[5];
    double total = 0;
    for (int i = 0; i < 121; i++) {
      double squared = Math.pow(i / 11 - 5, 2) + Math.pow(i % 11 - 5, 2);
      double weight = Math.exp(-squared / (2 * 1.5 * 1.5));
      total += weight;
      sums[0] += weight * x[i];
      sums[1] += weight * y[i];
      sums[2] += weight * x[i] * x[i];
      sums[3] += weight * y[i] * y[i];
      sums[4] += weight * x[i] * y[i];
    }
    double mx = sums[0] / total;
    double my = sums[1] / total;
    double vx = sums[2] / total - mx * mx;
    double vy = sums[3] / total - my * my;
    double covariance = sums[4] / total - mx * my;
    double expected =
        (2 * mx * my + C1) * (2 * covariance + C2) / ((mx * mx + my * my + C1) * (vx + vy + C2));

    assertThat(Similarity.of(11, 11, 1).of(x, y)).isCloseTo(Math.max(0, expected), within(1e-12));
    double[] mixed = new double[121];
    for (int i = 0; i < 121; i++) {
      mixed[i] = .7 * x[i] + .3 * y[i];
    }
    assertThat(Similarity.of(11, 11, 1).of(x, mixed)).isBetween(.5, .99);
  }

  @Test
  void score_ofOneImageOverAndOver_isOne_andThatOfNoiseIsLow() {
    INDArray noise = Nd4j.create(DataType.FLOAT, 20, 16, 16, 1);
    CounterRandom.of(1).uniform(noise);
    INDArray same = noise.get(NDArrayIndex.interval(0, 1)).dup('c');
    INDArray collapsed = Nd4j.concat(0, same, same, same, same);

    Score score = new MsSsim(50, PixelRange.ZERO_TO_ONE).measure(noise, collapsed, 1);

    assertThat(score.value()).isCloseTo(1, within(1e-6));
    assertThat(score.floor()).isLessThan(.3);
  }

  @Test
  void range_ofThePixels_doesNotMatter() {
    INDArray images = Nd4j.create(DataType.FLOAT, 10, 12, 12, 3);
    CounterRandom.of(1).uniform(images);
    INDArray wide = images.mul(2).sub(1);

    assertThat(new MsSsim(20, PixelRange.MINUS_ONE_TO_ONE).measure(wide, wide, 1).value())
        .isCloseTo(
            new MsSsim(20, PixelRange.ZERO_TO_ONE).measure(images, images, 1).value(),
            within(1e-5));
  }

  @Test
  void imagesThatAreTooSmallOrTooFew_areRefused() {
    MsSsim metric = new MsSsim(20, PixelRange.ZERO_TO_ONE);
    INDArray small = Nd4j.create(DataType.FLOAT, 10, 10, 12, 1);
    INDArray one = Nd4j.create(DataType.FLOAT, 1, 12, 12, 1);

    assertThatThrownBy(() -> metric.measure(small, small, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 11 by 11 pixels")
        .hasMessageContaining("got 10 by 12");
    assertThatThrownBy(() -> metric.measure(one, one, 1)).hasMessageContaining("at least 2");
    assertThatThrownBy(() -> metric.measure(small, one, 1)).hasMessageContaining("alike");
  }
}
