package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Standard normal numbers. */
public record RandomNormal(int stream, TensorSpec spec) implements RandomOp {

  @Override
  public void fill(CounterRandom random, INDArray array) {
    random.normal(array);
  }
}
