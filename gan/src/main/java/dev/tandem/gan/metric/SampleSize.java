package dev.tandem.gan.metric;

import java.util.Locale;

/** Refuses fewer samples than a metric needs. */
final class SampleSize {

  private SampleSize() {}

  /**
   * Refuses too few.
   *
   * @param metric what needs them
   * @param needed how many
   * @param reason why, as in {@code "a covariance of 64 features"}
   * @param what which samples they are
   * @param count how many there are
   * @throws IllegalArgumentException if there are fewer than needed
   */
  static void require(String metric, long needed, String reason, String what, long count) {
    if (count < needed) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs at least %d %s samples for %s, got %d; sample more",
              metric,
              needed,
              what,
              reason,
              count));
    }
  }

  /** The same for generated, reference and held-out samples. */
  static void require(String metric, long needed, String reason, RealFeatures real, Features fake) {
    require(metric, needed, reason, "generated", fake.count());
    require(metric, needed, reason, "reference", real.reference().count());
    require(metric, needed, reason, "held-out", real.standIn(fake).count());
  }
}
