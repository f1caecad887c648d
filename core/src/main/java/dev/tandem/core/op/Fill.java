package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One number everywhere.
 *
 * @param number the value
 * @param spec concrete
 */
public record Fill(double number, TensorSpec spec) implements Leaf {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd()
        .constant(
            Nd4j.createUninitialized(spec.dtype(), spec.shape().toArray(), 'c').assign(number));
  }
}
