package dev.tandem.examples.mnist;

import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Batches of standard normal numbers, each a function of the seed and its number. */
final class NoiseSource {

  private final long seed;
  private final INDArray batch;
  private long number;

  NoiseSource(long seed, int size, int latent) {
    this.seed = seed;
    this.batch = Nd4j.createUninitialized(DataType.FLOAT, new long[] {size, latent}, 'c');
  }

  /** The next batch (size, latent), in the array of the last one. */
  INDArray next() {
    CounterRandom.of(seed, number++).normal(batch);
    return batch;
  }
}
