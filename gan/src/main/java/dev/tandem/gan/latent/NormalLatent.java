package dev.tandem.gan.latent;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Standard normal numbers. */
record NormalLatent(Shape shape) implements Latent {

  @Override
  public SymbolicTensor sample(SymbolicTensor like) {
    return Tensors.randomNormal(like, shape.toArray());
  }

  @Override
  public INDArray sample(CounterRandom random, int count, DataType dtype) {
    Backend.require();
    INDArray array = Nd4j.createUninitialized(dtype, shape.prepend(count).toArray(), 'c');
    random.normal(array);
    return array;
  }
}
