package dev.tandem.core.initializer;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Check;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers with a variance of scale / fan, as in Keras. The fans are the connections of a kernel (…,
 * in, out): in and out, times the size of the window (…) of a convolution; for one axis both are
 * its size.
 *
 * @param scale above 0
 * @param fan which count of connections to divide by
 * @param distribution of the numbers
 */
public record VarianceScaling(double scale, Fan fan, Distribution distribution)
    implements Initializer {

  /** A count of connections. */
  public enum Fan {
    /** The connections into an output. */
    IN,
    /** The connections out of an input. */
    OUT,
    /** The mean of both. */
    AVERAGE
  }

  /** How numbers are distributed. */
  public enum Distribution {
    /** Evenly, in ±√(3 · variance). */
    UNIFORM,
    /** Normal, and sampled again beyond two standard deviations; widened to keep the variance. */
    TRUNCATED_NORMAL
  }

  /** The standard deviation of a standard normal number that lies in ±2. */
  private static final double TRUNCATED_DEVIATION = 0.87962566103423978;

  /** Checks the scale. */
  public VarianceScaling {
    Check.aboveZero("scale", scale);
  }

  @Override
  public void fill(INDArray array, CounterRandom random) {
    double variance = scale / Math.max(1, count(array.shape()));
    initializer(variance).fill(array, random);
  }

  private Initializer initializer(double variance) {
    if (distribution == Distribution.UNIFORM) {
      double limit = Math.sqrt(3 * variance);
      return new Initializers.Uniform(-limit, limit);
    }
    return new Initializers.TruncatedNormal(0, Math.sqrt(variance) / TRUNCATED_DEVIATION);
  }

  private double count(long[] shape) {
    if (shape.length < 2) {
      return shape.length == 0 ? 1 : shape[0];
    }
    double window = 1;
    for (int i = 0; i < shape.length - 2; i++) {
      window *= shape[i];
    }
    double in = window * shape[shape.length - 2];
    double out = window * shape[shape.length - 1];
    return switch (fan) {
      case IN -> in;
      case OUT -> out;
      case AVERAGE -> (in + out) / 2;
    };
  }
}
