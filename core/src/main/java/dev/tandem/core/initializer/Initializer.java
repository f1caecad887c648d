package dev.tandem.core.initializer;

import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How a weight gets its first values. Standard ones are in {@link Initializers}. */
@FunctionalInterface
public interface Initializer {

  /**
   * Fills a new 'c' array.
   *
   * @param array float32 or float64, of the weight's shape
   * @param random the weight's own stream
   */
  void fill(INDArray array, CounterRandom random);
}
