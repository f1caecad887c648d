package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class SlicedWassersteinTest {

  private static Score measure(INDArray real, INDArray fake, int directions) {
    Features reference = Features.of(real, Gaussian.SPACE);
    return new SlicedWasserstein(directions)
        .measure(new RealFeatures(reference, reference), Features.of(fake, Gaussian.SPACE), 1);
  }

  @Test
  void distance_onTheLine_isTheMeanDifferenceOfSortedNumbers() {
    assertThat(SlicedWasserstein.distance(new double[] {3, 1, 2}, new double[] {2, 7, 1}))
        .isCloseTo((0 + 0 + 4) / 3.0, within(1e-12));
  }

  @Test
  void score_ofTheReferenceItself_isZero() {
    INDArray x = Gaussian.matrix(1, 100, 5);

    assertThat(measure(x, x, 16).value()).isCloseTo(0, within(1e-12));
    assertThat(measure(x, x, 16).floor()).isCloseTo(0, within(1e-12));
  }

  @Test
  void score_onTheLine_isTheShift() {
    INDArray x = Gaussian.matrix(1, 100, 1);

    assertThat(measure(x, x.add(.75), 4).value()).isCloseTo(.75, within(1e-9));
  }

  @Test
  void score_ofAShiftInThePlane_isItsLengthTimesTheMeanCosine() {
    // The mean of |cos| over directions is 2 / π; its standard error over 4,096 is .005.
    INDArray x = Gaussian.matrix(1, 50, 2);
    INDArray y = x.addRowVector(Nd4j.createFromArray(3.0, 4.0));

    assertThat(measure(x, y, 4096).value()).isCloseTo(5 * 2 / Math.PI, within(.1));
  }

  @Test
  void score_scalesWithTheData() {
    INDArray x = Gaussian.matrix(1, 200, 3);
    INDArray y = Gaussian.matrix(2, 200, 3).add(.2);

    assertThat(measure(x.mul(10), y.mul(10), 32).value())
        .isCloseTo(10 * measure(x, y, 32).value(), within(1e-9));
  }

  @Test
  void sidesOfUnequalSizes_takePartEqually() {
    Score score = measure(Gaussian.matrix(1, 2_000, 4), Gaussian.matrix(2, 500, 4), 32);

    assertThat(score.value()).isBetween(0.0, .2);
    assertThat(score.samples()).isEqualTo(500);
    assertThat(score.realSamples()).isEqualTo(2_000);
  }

  @Test
  void tooFewSamples_areRefused() {
    assertThatThrownBy(() -> measure(Gaussian.matrix(1, 30, 2), Gaussian.matrix(2, 19, 2), 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SWD needs at least 20 generated samples");
    assertThatThrownBy(() -> new SlicedWasserstein(0)).hasMessageContaining("not at least 1: 0");
  }
}
