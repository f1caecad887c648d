package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A value given before each run.
 *
 * @param label its name, unique in a graph
 * @param spec concrete
 */
public record Feed(String label, TensorSpec spec) implements Leaf {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().placeHolder(label, spec.dtype(), spec.shape().toArray());
  }
}
