package dev.tandem.core.metric;

/** Predictions and targets as yes or no. */
final class Threshold {

  private Threshold() {}

  /** Whether a target means yes: soft labels such as 0.9 count as what they are near to. */
  static boolean isYes(double target) {
    return target > 0.5;
  }

  static double check(double threshold) {
    if (!Double.isFinite(threshold)) {
      throw new IllegalArgumentException("threshold is not a finite number: " + threshold);
    }
    return threshold;
  }
}
