package dev.tandem.examples.modes;

import dev.tandem.examples.cli.Mean;
import dev.tandem.gan.metric.ModeReport;
import java.util.Locale;

/**
 * What one seed came to.
 *
 * @param protocol by name
 * @param preset that was trained
 * @param seed of the run
 * @param report of the modes
 * @param steps rounds of training
 * @param seconds of training, without the measurement
 */
record SeedResult(
    String protocol, String preset, long seed, ModeReport report, long steps, double seconds) {

  /**
   * As in {@code ring8-pacgan r3gan seed=1 modes=8/8 hq=96.1 rkl=.004 rkl_over_floor=.003
   * steps=20000 seconds=61.2}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s seed=%d modes=%.0f/%d hq=%.1f rkl=%s rkl_over_floor=%s steps=%d seconds=%.1f",
        protocol,
        preset,
        seed,
        report.captured().value(),
        report.modes(),
        100 * report.highQuality().value(),
        Mean.thousandths(report.reverseKl().value()),
        Mean.thousandths(report.reverseKl().overFloor()),
        steps,
        seconds);
  }
}
