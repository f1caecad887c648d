package dev.tandem.gan.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Mode coverage of a mixture by the protocol of PacGAN (arXiv 1712.04086): a sample is of high
 * quality if its Mahalanobis distance to the nearest mode is less than 3; a mode is captured if it
 * is nearest to at least one such sample; the reverse KL divergence is that of the high-quality
 * samples' modes from the mixture's weights.
 *
 * <p>In two dimensions a perfect sampler has 98.89 % of its samples there, {@code 1 − exp(−9/2)}:
 * more says that modes were narrowed. The published number of samples is 2,500.
 */
public final class ModeCoverage {

  private static final double NEAR = 3;

  private final Mixture mixture;

  private ModeCoverage(Mixture mixture) {
    this.mixture = mixture;
  }

  /** The coverage of a mixture. */
  public static ModeCoverage of(Mixture mixture) {
    return new ModeCoverage(mixture);
  }

  /**
   * Measures generated samples.
   *
   * @param samples {@code (n, dimensions)} of any floating point type, at least as many as modes;
   *     those that are NaN are near to no mode
   * @param seed of the samples; the bootstrap follows from it
   * @throws IllegalArgumentException if the shape is another or there are too few
   */
  public ModeReport measure(INDArray samples, long seed) {
    if (samples.rank() != 2 || samples.size(1) != mixture.dimensions()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples of %s are (n, %d), got %s",
              mixture.name(),
              mixture.dimensions(),
              Shape.of(samples.shape())));
    }
    int count = Math.toIntExact(samples.size(0));
    int modes = mixture.classes();
    SampleSize.require(
        "mode coverage", modes, "one in each of " + modes + " modes", "generated", count);
    double[] values = samples.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    long[] counts = new long[modes];
    for (int i = 0; i < count; i++) {
      count(values, i * mixture.dimensions(), counts);
    }
    return new ModeCounts(counts, count, mixture.weights(), perfectShare(), mixture.weights())
        .report(mixture.name(), new Sampling(count, 0, seed, FeatureSpace.plain(mixture.name())));
  }

  private void count(double[] values, int at, long[] counts) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int mode = 0; mode < counts.length; mode++) {
      ImmutableDoubleArray mean = mixture.means().get(mode);
      double squared = 0;
      for (int axis = 0; axis < mean.length(); axis++) {
        double away = (values[at + axis] - mean.get(axis)) / mixture.sigma();
        squared += away * away;
      }
      if (squared < least) {
        least = squared;
        nearest = mode;
      }
    }
    if (Math.sqrt(least) < NEAR) {
      counts[nearest]++;
    }
  }

  /**
   * The probability that a chi-squared number with as many degrees of freedom as dimensions is less
   * than 9, by the recurrence over two degrees.
   */
  private double perfectShare() {
    double half = NEAR * NEAR / 2;
    boolean even = mixture.dimensions() % 2 == 0;
    double below = even ? -Math.expm1(-half) : ERF_OF_ROOT;
    double term = even ? Math.exp(-half) * half : 2 * Math.sqrt(half / Math.PI) * Math.exp(-half);
    for (int degrees = even ? 2 : 1; degrees < mixture.dimensions(); degrees += 2) {
      below -= term;
      term *= half / (degrees / 2.0 + 1);
    }
    return Math.max(0, below);
  }

  /** The probability of a standard normal number between −3 and 3. */
  private static final double ERF_OF_ROOT = 0.9973002039367398;
}
