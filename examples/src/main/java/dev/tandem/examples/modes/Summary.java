package dev.tandem.examples.modes;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.cli.Mean;
import java.util.Locale;

/**
 * The seeds of one preset and protocol together.
 *
 * @param results of at least one seed, all of the same settings
 */
record Summary(ImmutableList<SeedResult> results) {

  /**
   * Means and their standard errors, as in {@code ring8-pacgan r3gan seeds=10 modes=7.9±0.1/8
   * hq=96.1±0.2 rkl=.004±.001 rkl_over_floor=.003±.001 steps=20000 seconds=61.2±0.3}.
   */
  @Override
  public String toString() {
    SeedResult first = results.get(0);
    return String.format(
        Locale.ROOT,
        "%s %s seeds=%d modes=%s/%d hq=%s rkl=%s rkl_over_floor=%s steps=%d seconds=%s",
        first.protocol(),
        first.preset(),
        results.size(),
        Mean.of(results, result -> result.report().captured().value()).text(Mean::tenths),
        first.report().modes(),
        Mean.of(results, result -> 100 * result.report().highQuality().value()).text(Mean::tenths),
        Mean.of(results, result -> result.report().reverseKl().value()).text(Mean::thousandths),
        Mean.of(results, result -> result.report().reverseKl().overFloor()).text(Mean::thousandths),
        first.steps(),
        Mean.of(results, SeedResult::seconds).text(Mean::tenths));
  }
}
