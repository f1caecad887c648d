package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.gan.data.Mixture;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ModeCoverageTest {

  private static final int SAMPLES = 2_500;

  /**
   * The floors of both protocols with 2,500 samples, to first order (modes − 1) / 5,000; the mean
   * of 100 perfect samplers is held against the exact ones.
   */
  @ParameterizedTest
  @CsvSource({"ring8-pacgan, 8, 0.0014", "grid25-pacgan, 25, 0.0048"})
  void perfectSampler_capturesAll_andIsAtTheFloor(String name, int modes, double floor) {
    Mixture mixture = Mixture.named(name);
    ModeCoverage coverage = ModeCoverage.of(mixture);
    double[] divergences = new double[100];
    double[] shares = new double[100];
    for (int i = 0; i < 100; i++) {
      ModeReport report = coverage.measure(mixture.batch(i, 0, SAMPLES), i);
      divergences[i] = report.reverseKl().value();
      shares[i] = report.highQuality().value();
      assertThat(report.captured().value()).isEqualTo(modes);
      assertThat(report.reverseKl().floor()).isCloseTo(floor, within(1e-4));
      assertThat(report.highQuality().floor()).isCloseTo(.988891, within(1e-6));
      assertThat(report.captured().floor()).isCloseTo(modes, within(1e-6));
    }
    Score.Estimate divergence = Score.Estimate.mean(divergences);
    Score.Estimate share = Score.Estimate.mean(shares);
    double exact = coverage.measure(mixture.batch(1, 0, SAMPLES), 1).reverseKl().floor();

    assertThat(Math.abs(divergence.value() - exact)).isLessThan(4 * divergence.standardError());
    assertThat(Math.abs(share.value() - .988891)).isLessThan(4 * share.standardError());
  }

  @Test
  void collapsedSampler_hasOneMode_andTheLogarithmOfTheirNumber() {
    INDArray samples = Nd4j.tile(Nd4j.createFromArray(new double[][] {{1, 0}}), SAMPLES, 1);
    ModeReport report = ModeCoverage.of(Mixture.named("ring8-pacgan")).measure(samples, 1);

    assertThat(report.captured().value()).isEqualTo(1);
    assertThat(report.highQuality().value()).isEqualTo(1);
    assertThat(report.reverseKl().value()).isCloseTo(Math.log(8), within(1e-12));
    assertThat(report)
        .hasToString(
            "ring8-pacgan modes=1/8 hq=100.0 rkl=2.0794 floor=0.0014 rkl_over_floor=2.0780 n=2500 seed=1");
  }

  @Test
  void quality_endsAtThreeDeviations_notIncluded() {
    Mixture mixture =
        Mixture.uniform(
            "two", List.of(ImmutableDoubleArray.of(0, 0), ImmutableDoubleArray.of(8, 0)), 1);
    INDArray samples =
        Nd4j.createFromArray(
            new double[][] {
              {0, 2.999}, {0, 3}, {2.1, 2.1}, {2.2, 2.2}, {4.5, 0}, {5.5, 0}, {Double.NaN, 0}
            });
    ModeReport report = ModeCoverage.of(mixture).measure(samples, 1);

    assertThat(report.highQuality().value()).isCloseTo(3 / 7.0, within(1e-12));
    assertThat(report.captured().value()).isEqualTo(2);
    double expected = 2 / 3.0 * Math.log(4 / 3.0) + 1 / 3.0 * Math.log(2 / 3.0);
    assertThat(report.reverseKl().value()).isCloseTo(expected, within(1e-12));
  }

  @Test
  void samplesThatAreNearNothing_haveNoDivergence() {
    ModeReport report =
        ModeCoverage.of(Mixture.named("ring8-pacgan")).measure(Nd4j.zeros(100, 2), 1);

    assertThat(report.captured().value()).isZero();
    assertThat(report.highQuality().value()).isZero();
    assertThat(report.reverseKl().value()).isNaN();
  }

  /** Chi-squared distributions at 9, from tables. */
  @ParameterizedTest
  @CsvSource({"1, 0.997300", "2, 0.988891", "3, 0.970709", "4, 0.938901", "5, 0.890936"})
  void perfectShare_isThatOfTheDimension(int dimensions, double share) {
    ImmutableDoubleArray mean = ImmutableDoubleArray.copyOf(new double[dimensions]);
    Mixture mixture = Mixture.uniform("one", List.of(mean), 1);

    ModeReport report = ModeCoverage.of(mixture).measure(mixture.batch(1, 0, 20_000), 1);

    assertThat(report.highQuality().floor()).isCloseTo(share, within(2e-6));
    assertThat(report.highQuality().value()).isCloseTo(share, within(.01));
  }

  @Test
  void wrongSamples_areRefused() {
    ModeCoverage coverage = ModeCoverage.of(Mixture.named("grid25-pacgan"));

    assertThatThrownBy(() -> coverage.measure(Nd4j.zeros(24, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 25 generated samples")
        .hasMessageContaining("got 24");
    assertThatThrownBy(() -> coverage.measure(Nd4j.zeros(100, 3), 1))
        .hasMessage("samples of grid25-pacgan are (n, 2), got (100, 3)");
  }
}
