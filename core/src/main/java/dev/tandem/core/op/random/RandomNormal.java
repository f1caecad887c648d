package dev.tandem.core.op.random;

import dev.tandem.core.tensor.TensorSpec;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Standard normal numbers. */
public record RandomNormal(int stream, TensorSpec spec) implements RandomOp {

  @Override
  public Consumer<CounterRandom> filler(INDArray array) {
    return CounterRandom.normals(array);
  }
}
