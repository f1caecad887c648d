package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import org.junit.jupiter.api.Test;

class ScoreTest {

  private static final FeatureSpace SPACE = new FeatureSpace("net", "0123456789abcdef".repeat(4));

  @Test
  void score_asText_carriesAllThatComparisonTakes() {
    Score score =
        Score.of(
            "FID",
            new Estimate(12.5, .5),
            Bounds.NOT_NEGATIVE,
            1.25,
            new Sampling(10_000, 5_000, 7, SPACE));

    assertThat(score)
        .hasToString(
            "FID 12.50 [11.52, 13.48] floor 1.250 n=10000 real=5000 seed=7 in net 0123456789ab");
    assertThat(score.overFloor()).isEqualTo(11.25);
  }

  @Test
  void interval_keepsToTheRange() {
    Score share =
        Score.of("s", new Estimate(.99, .1), Bounds.SHARE, 1, new Sampling(10, 0, 1, SPACE));

    assertThat(share.high()).isEqualTo(1);
    assertThat(share.low()).isCloseTo(.794, within(1e-3));
  }

  @Test
  void mean_hasTheErrorOfItsNumbers() {
    // Squares about the mean: 2; variance 2 / 2, of the mean of three 1 / 3.
    Estimate mean = Estimate.mean(new double[] {1, 2, 3});

    assertThat(mean.value()).isEqualTo(2);
    assertThat(mean.standardError()).isCloseTo(Math.sqrt(1 / 3.0), within(1e-12));
  }

  @Test
  void jackknife_ofAMean_isItsStandardError() {
    double[] values = {1, 4, 2, 8};
    double[] without = new double[4];
    for (int i = 0; i < 4; i++) {
      without[i] = (15 - values[i]) / 3;
    }

    assertThat(Jackknife.standardError(without))
        .isCloseTo(Estimate.mean(values).standardError(), within(1e-12));
  }
}
