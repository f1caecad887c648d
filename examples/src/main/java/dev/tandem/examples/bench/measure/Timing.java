package dev.tandem.examples.bench.measure;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Times of steps, each measured on its own.
 *
 * @param milliseconds of each step, sorted
 */
public record Timing(double[] milliseconds) {

  /** Sorts the times. */
  public Timing {
    milliseconds = milliseconds.clone();
    Arrays.sort(milliseconds);
  }

  /** The time below which this fraction of the steps lies, between two of them in proportion. */
  public double quantile(double fraction) {
    double place = fraction * (milliseconds.length - 1);
    int below = (int) place;
    if (below + 1 == milliseconds.length) {
      return milliseconds[below];
    }
    double rest = place - below;
    return milliseconds[below] + rest * (milliseconds[below + 1] - milliseconds[below]);
  }

  /** The time that half of the steps stay below. */
  public double median() {
    return quantile(0.5);
  }

  /** Steps over the sum of their times, so that pauses show. */
  public double stepsPerSecond() {
    return 1000 * milliseconds.length / DoubleStream.of(milliseconds).sum();
  }
}
