package dev.tandem.gan.train;

import java.util.Objects;

/**
 * The rule by which a metric has got worse: its value was more than {@code factor} times the best
 * one so far in so many measurements in a row.
 *
 * @param measure the lower, the better, and at least 0: such as FID; NaN counts as worse
 * @param every rounds between two measurements, at least 1
 * @param factor above 1
 * @param times in a row, at least 1
 */
public record Regression(Watchdog.Measure measure, int every, double factor, int times) {

  /** Checks the numbers. */
  public Regression {
    Objects.requireNonNull(measure, "measure");
    if (every < 1 || times < 1) {
      throw new IllegalArgumentException(
          "a regression is found in at least 1 measurement with at least 1 round between two, not "
              + times
              + " every "
              + every);
    }
    if (!(factor > 1 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("factor of a regression is not above 1: " + factor);
    }
  }
}
