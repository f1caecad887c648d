package dev.tandem.core.worker;

/**
 * A mean to which one part after the other is added: {@code m += (x - m) · share}, rounded in each
 * operation to the type of the numbers. The share of a part is its samples in those so far, so that
 * the first part is the mean. It is the mean that a trainer makes of accumulated gradients, bit for
 * bit, and not the sum of the parts by their number.
 */
public final class RunningMean {

  private long samples;

  /** The mean of nothing. */
  public RunningMean() {}

  /** A number of samples, found to be at least 1. */
  static long requireSamples(long samples) {
    if (samples < 1) {
      throw new IllegalArgumentException("number of samples is not at least 1: " + samples);
    }
    return samples;
  }

  /**
   * Counts the samples of the next part.
   *
   * @return its share, 1 for the first one
   * @throws IllegalArgumentException if there are less than 1
   */
  public double share(long next) {
    long before = samples;
    samples += requireSamples(next);
    return 1 - (double) before / samples;
  }

  /**
   * Adds numbers of a part to the mean.
   *
   * @param mean the mean so far of those [from, to), which is replaced
   * @param part the numbers of the part at the same places
   * @param share of the part
   */
  public static void add(float[] mean, float[] part, int from, int to, double share) {
    float factor = (float) share;
    for (int i = from; i < to; i++) {
      float difference = part[i] - mean[i];
      float step = difference * factor;
      mean[i] = mean[i] + step;
    }
  }

  /** The same for numbers of float64. */
  public static void add(double[] mean, double[] part, int from, int to, double share) {
    for (int i = from; i < to; i++) {
      double difference = part[i] - mean[i];
      double step = difference * share;
      mean[i] = mean[i] + step;
    }
  }
}
