package dev.tandem.examples.modes;

import dev.tandem.gan.metric.FeatureSpace;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.Score;

/** Made-up results. */
final class Reports {

  private Reports() {}

  static SeedResult result(long seed, int modes, double quality, double divergence) {
    return new SeedResult(
        "ring8-pacgan",
        "r3gan",
        seed,
        new ModeReport(
            "ring8-pacgan",
            8,
            score("modes", modes, 8),
            score("high-quality share", quality, 0.9889),
            score("reverse KL", divergence, 0.0014)),
        20_000,
        60 + seed);
  }

  private static Score score(String metric, double value, double floor) {
    return new Score(
        metric, value, 0, value, value, floor, 2_500, 0, 1, FeatureSpace.plain("points"));
  }
}
