package dev.tandem.gan.latent;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Uniform numbers in [low, high). */
record UniformLatent(Shape shape, double low, double high) implements Latent {

  UniformLatent {
    if (!(low < high)) {
      throw new IllegalArgumentException(
          "a uniform latent needs low below high, got [" + low + ", " + high + ")");
    }
  }

  @Override
  public SymbolicTensor sample(SymbolicTensor like) {
    SymbolicTensor unit = Tensors.randomUniform(like, shape.toArray());
    return Tensors.shift(Tensors.scale(unit, high - low), low);
  }

  @Override
  public INDArray sample(CounterRandom random, int count, DataType dtype) {
    Backend.require();
    INDArray array = Nd4j.createUninitialized(dtype, shape.prepend(count).toArray(), 'c');
    random.uniform(array);
    return array.muli(high - low).addi(low);
  }
}
