package dev.tandem.core.engine;

import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Arrays and variables of seeded numbers. */
final class Samples {

  private Samples() {}

  /** Normal numbers. */
  static INDArray random(TensorSpec spec, long seed) {
    Random random = new Random(seed);
    INDArray array = Nd4j.create(spec.dtype(), spec.shape().toArray());
    for (long i = 0; i < array.length(); i++) {
      array.data().put(i, random.nextGaussian());
    }
    return array;
  }

  /** A variable of normal numbers times a factor. */
  static Variable variable(String name, TensorSpec spec, double factor) {
    return new Variable(name, spec, () -> random(spec, name.hashCode()).muli(factor));
  }
}
