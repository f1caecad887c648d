package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PrdcTest {

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }

  /** The k-th smallest distance to other rows: that of index k, since the row itself is first. */
  private static double radius(double[][] rows, int row, int nearest) {
    double[] all = Arrays.stream(rows).mapToDouble(other -> distance(rows[row], other)).toArray();
    Arrays.sort(all);
    return all[nearest];
  }

  @Test
  void scores_areTheDefinitions() {
    int nearest = 3;
    INDArray x = Gaussian.matrix(1, 60, 3);
    INDArray y = Gaussian.matrix(2, 45, 3).muli(.8).addi(1.2);
    double[][] real = x.toDoubleMatrix();
    double[][] fake = y.toDoubleMatrix();
    double precision = 0;
    double density = 0;
    for (double[] sample : fake) {
      int balls = 0;
      for (int i = 0; i < real.length; i++) {
        balls += distance(real[i], sample) < radius(real, i, nearest) ? 1 : 0;
      }
      precision += balls > 0 ? 1.0 / fake.length : 0;
      density += (double) balls / nearest / fake.length;
    }
    double recall = 0;
    double coverage = 0;
    for (int i = 0; i < real.length; i++) {
      boolean recalled = false;
      boolean covered = false;
      for (int j = 0; j < fake.length; j++) {
        double away = distance(real[i], fake[j]);
        recalled |= away < radius(fake, j, nearest);
        covered |= away < radius(real, i, nearest);
      }
      recall += recalled ? 1.0 / real.length : 0;
      coverage += covered ? 1.0 / real.length : 0;
    }

    RealFeatures against =
        new RealFeatures(Features.of(x, Gaussian.SPACE), Gaussian.features(3, 60, 3));
    Prdc.Report report = Prdc.measure(against, Features.of(y, Gaussian.SPACE), nearest, 1);

    assertThat(report.precision().value()).isCloseTo(precision, within(1e-12));
    assertThat(report.recall().value()).isCloseTo(recall, within(1e-12));
    assertThat(report.density().value()).isCloseTo(density, within(1e-12));
    assertThat(report.coverage().value()).isCloseTo(coverage, within(1e-12));
    assertThat(report.precision().value()).isBetween(.3, .95);
    assertThat(report.recall().value()).isBetween(.2, .95);
  }

  @Test
  void scores_ofTheReferenceItself_areOne() {
    Features all = Gaussian.features(1, 300, 5);
    Prdc.Report report = Prdc.measure(new RealFeatures(all, all), all, 1);

    assertThat(report.precision().value()).isEqualTo(1);
    assertThat(report.recall().value()).isEqualTo(1);
    // A ball has k samples strictly inside: its own middle and k − 1 neighbors.
    assertThat(report.density().value()).isCloseTo(1, within(1e-9));
    assertThat(report.coverage().value()).isEqualTo(1);
    assertThat(report.coverage().floor()).isEqualTo(1);
  }

  @Test
  void scores_areInvariantUnderShift_evenAFarOne() {
    RealFeatures near = Gaussian.real(1, 400, 6);
    RealFeatures far =
        new RealFeatures(
            Features.of(near.reference().values().add(1e5), Gaussian.SPACE),
            Features.of(near.heldOut().values().add(1e5), Gaussian.SPACE));
    Prdc.Report here = Prdc.measure(near, Gaussian.features(2, 400, 6), 1);
    Prdc.Report there =
        Prdc.measure(far, Features.of(Gaussian.matrix(2, 400, 6).add(1e5), Gaussian.SPACE), 1);

    assertThat(there.density().value()).isCloseTo(here.density().value(), within(1e-12));
    assertThat(there.recall().value()).isCloseTo(here.recall().value(), within(1e-12));
  }

  @Test
  void precisionAndRecall_changePlaces_whenTheSidesDo() {
    Features x = Gaussian.features(1, 300, 4);
    Features y = Features.of(Gaussian.matrix(2, 200, 4).add(.5), Gaussian.SPACE);
    Prdc.Report forth = Prdc.measure(new RealFeatures(x, x), y, 1);
    Prdc.Report back = Prdc.measure(new RealFeatures(y, y), x, 1);

    assertThat(forth.precision().value()).isCloseTo(back.recall().value(), within(1e-12));
    assertThat(forth.recall().value()).isCloseTo(back.precision().value(), within(1e-12));
  }

  @Test
  void collapsedSamples_arePreciseButCoverLittle() {
    RealFeatures real = Gaussian.real(1, 500, 2);
    Features collapsed = Features.of(Gaussian.matrix(2, 500, 2).muli(.05), Gaussian.SPACE);
    Prdc.Report report = Prdc.measure(real, collapsed, 1);

    assertThat(report.precision().value()).isGreaterThan(.99);
    assertThat(report.coverage().value()).isLessThan(.1);
    assertThat(report.coverage().floor()).isGreaterThan(.9);
  }

  @Test
  void realSamples_thatAreAllAlike_areRefused() {
    Features alike = Features.of(Gaussian.matrix(1, 20, 3).muli(0).addi(1), Gaussian.SPACE);
    RealFeatures real = new RealFeatures(alike, alike);
    Features varied = Gaussian.features(2, 20, 3);

    assertThatThrownBy(() -> Prdc.measure(real, varied, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "each of the 20 real samples has 5 equal ones among them: all balls of PRDC have"
                + " radius 0");
    Prdc.Report collapsed = Prdc.measure(new RealFeatures(varied, varied), alike, 1);
    assertThat(collapsed.recall().value()).isZero();
  }

  @Test
  void strips_giveWhatOneStripGives() {
    // 3,000 columns make strips of 1,398 rows; the last one is shorter.
    INDArray x = Gaussian.matrix(1, 3_000, 3);
    double[] radii = Prdc.radii(x, 2);
    double[][] rows = x.toDoubleMatrix();

    for (int row : new int[] {0, 1_397, 1_398, 2_795, 2_796, 2_999}) {
      assertThat(Math.sqrt(radii[row])).isCloseTo(radius(rows, row, 2), within(1e-7));
    }
  }

  @Test
  void tooFewSamples_areRefused() {
    assertThatThrownBy(() -> Prdc.measure(Gaussian.real(1, 100, 2), Gaussian.features(2, 5, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PRDC needs at least 6 generated samples")
        .hasMessageContaining("got 5");
  }

  /**
   * The example of the authors' repository (clovaai/generative-evaluation-prdc, README): N(0, I) in
   * 1,000 dimensions, 10,000 samples of each side. Over six pairs of seeds the four scores had
   * means of .487, .482, 1.026 and .971, with deviations of .011, .004, .06 and .006.
   */
  @Tag("heavy")
  @Test
  void scores_ofTheAuthorsExample_areTheirs() {
    Features real = Gaussian.features(1, 10_000, 1_000);
    Features small = real.slice(0, 10);
    Prdc.Report report =
        Prdc.measure(new RealFeatures(real, small), Gaussian.features(2, 10_000, 1_000), 1);

    assertThat(report.precision().value()).isCloseTo(.4772, within(.03));
    assertThat(report.recall().value()).isCloseTo(.4705, within(.03));
    assertThat(report.density().value()).isCloseTo(1.0555, within(.08));
    assertThat(report.coverage().value()).isCloseTo(.9735, within(.006));
  }
}
