package dev.tandem.gan.latent;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** No random input. */
record NoLatent() implements Latent {

  @Override
  public Shape shape() {
    return Shape.of(0);
  }

  @Override
  public SymbolicTensor sample(SymbolicTensor like) {
    throw nothing();
  }

  @Override
  public INDArray sample(CounterRandom random, int count, DataType dtype) {
    throw nothing();
  }

  private static IllegalStateException nothing() {
    return new IllegalStateException(
        "a pair without a latent starts from samples of the data; there is nothing to sample");
  }
}
