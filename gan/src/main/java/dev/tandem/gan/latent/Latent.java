package dev.tandem.gan.latent;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The random input of a generator: {@code Latent.normal(128)}. */
public interface Latent {

  /** The shape of one sample, without the batch axis. */
  Shape shape();

  /**
   * Numbers within a step, new in each.
   *
   * @param like a tensor whose batch size and type they take
   * @return (batch, …shape)
   */
  SymbolicTensor sample(SymbolicTensor like);

  /**
   * Numbers outside of a step, a function of the stream alone.
   *
   * @return a new array (count, …shape)
   */
  INDArray sample(CounterRandom random, int count, DataType dtype);

  /** Standard normal numbers. */
  static Latent normal(long... shape) {
    return new NormalLatent(Shape.of(shape));
  }

  /** No numbers: for generators that start from samples of the data. */
  static Latent none() {
    return new NoLatent();
  }

  /**
   * Uniform numbers in [low, high).
   *
   * @throws IllegalArgumentException if low is not below high
   */
  static Latent uniform(double low, double high, long... shape) {
    return new UniformLatent(Shape.of(shape), low, high);
  }

  /**
   * Standard normal numbers, and after them signs: −1 or 1, each as often. Such a latent falls into
   * {@code 2^signs} parts, and so can what a continuous generator makes of it; of a latent in one
   * piece it always puts samples between modes that lie apart (Tanielian et al., 2020,
   * arXiv:2006.04596).
   *
   * @throws IllegalArgumentException if one of both numbers is below 1
   */
  static Latent normalAndSigns(int normals, int signs) {
    return new NormalAndSigns(normals, signs);
  }
}
