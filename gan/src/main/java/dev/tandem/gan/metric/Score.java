package dev.tandem.gan.metric;

import java.util.Locale;

/**
 * A number with what it takes to compare it: two scores of different N, seed or extractor are
 * different measurements.
 *
 * @param metric what was measured, as in {@code FID}
 * @param value the number
 * @param standardError how far it would wander with other samples of the same generator, the real
 *     data held; how it is estimated stands with each metric
 * @param low the lower end of the 95 % interval
 * @param high the upper end of the 95 % interval
 * @param floor what other real data (or a perfect sampler) score by the same rule
 * @param samples how many generated samples went in
 * @param realSamples how many real samples they were held against, 0 if a distribution was
 * @param seed what splits, subsets and directions follow from
 * @param space the features it was measured in
 */
public record Score(
    String metric,
    double value,
    double standardError,
    double low,
    double high,
    double floor,
    long samples,
    long realSamples,
    long seed,
    FeatureSpace space) {

  /** 97.5 % of standard normal numbers lie below. */
  private static final double Z = 1.959963984540054;

  /** The value less the floor: how much of it the generator is to blame for. */
  public double overFloor() {
    return value - floor;
  }

  /** A value and its standard error, with a normal interval that keeps to the metric's range. */
  static Score of(
      String metric, Estimate estimate, Bounds bounds, double floor, Sampling sampling) {
    double reach = Z * estimate.standardError();
    return new Score(
        metric,
        estimate.value(),
        estimate.standardError(),
        Math.max(bounds.least(), estimate.value() - reach),
        Math.min(bounds.most(), estimate.value() + reach),
        floor,
        sampling.samples(),
        sampling.realSamples(),
        sampling.seed(),
        sampling.space());
  }

  /**
   * As in {@code FID 12.3 [12.1, 12.5] floor 1.02 n=10000 real=10000 seed=1 in mnist_classifier
   * 1a2b3c4d5e6f}.
   */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s %s [%s, %s] floor %s n=%d real=%d seed=%d in %s",
        metric,
        text(value),
        text(low),
        text(high),
        text(floor),
        samples,
        realSamples,
        seed,
        space);
  }

  private static String text(double number) {
    return String.format(Locale.ROOT, "%.4g", number);
  }

  /** A value and how far it would wander. */
  record Estimate(double value, double standardError) {

    /** The mean of independent numbers. */
    static Estimate mean(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      double mean = sum / values.length;
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Estimate(mean, Math.sqrt(squares / (values.length - 1) / values.length));
    }
  }

  /** The range of a metric's values. */
  record Bounds(double least, double most) {

    static final Bounds NONE = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    static final Bounds NOT_NEGATIVE = new Bounds(0, Double.POSITIVE_INFINITY);
    static final Bounds SHARE = new Bounds(0, 1);
  }

  /** The sampling behind a score. */
  record Sampling(long samples, long realSamples, long seed, FeatureSpace space) {

    static Sampling of(RealFeatures real, Features fake, long seed) {
      return new Sampling(fake.count(), real.reference().count(), seed, fake.space());
    }
  }
}
