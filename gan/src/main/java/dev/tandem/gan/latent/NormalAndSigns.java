package dev.tandem.gan.latent;

import dev.tandem.core.backend.Backend;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Standard normal numbers, and then signs of such numbers. */
record NormalAndSigns(int normals, int signs) implements Latent {

  NormalAndSigns {
    if (normals < 1 || signs < 1) {
      throw new IllegalArgumentException(
          "a latent of normal numbers and signs needs at least one of each, got "
              + normals
              + " and "
              + signs
              + "; Latent.normal has no signs");
    }
  }

  @Override
  public Shape shape() {
    return Shape.of(normals + signs);
  }

  @Override
  public SymbolicTensor sample(SymbolicTensor like) {
    SymbolicTensor all = Tensors.randomNormal(like, normals + signs);
    return Lambda.of((ops, in) -> lastAsSigns(ops, in.get(0))).apply(all);
  }

  private Value lastAsSigns(Ops ops, Value all) {
    Value first = ops.slice(all, 1, 0, normals);
    return ops.concat(1, List.of(first, ops.sign(ops.slice(all, 1, normals, signs))));
  }

  @Override
  public INDArray sample(CounterRandom random, int count, DataType dtype) {
    Backend.require();
    INDArray all = Nd4j.createUninitialized(dtype, new long[] {count, normals + signs}, 'c');
    random.normal(all);
    INDArray last =
        all.get(NDArrayIndex.all(), NDArrayIndex.interval(normals, (long) normals + signs));
    Transforms.sign(last, false);
    return all;
  }
}
