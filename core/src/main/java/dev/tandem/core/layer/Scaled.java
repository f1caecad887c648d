package dev.tandem.core.layer;

import dev.tandem.core.op.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers with a variance of scale / fan, as in Keras's VarianceScaling.
 *
 * @param scale positive
 * @param fan which count of connections to divide by
 * @param normal normal or uniform numbers
 */
record Scaled(double scale, Fan fan, boolean normal) implements Initializer {

  enum Fan {
    IN,
    OUT,
    AVERAGE
  }

  @Override
  public void fill(INDArray array, CounterRandom random) {
    double variance = scale / Math.max(1, count(array.shape()));
    if (normal) {
      new Initializers.Normal(0, Math.sqrt(variance)).fill(array, random);
    } else {
      double limit = Math.sqrt(3 * variance);
      new Initializers.Uniform(-limit, limit).fill(array, random);
    }
  }

  /** Connections of a (…, in, out) kernel: a convolution has its window's size times as many. */
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
