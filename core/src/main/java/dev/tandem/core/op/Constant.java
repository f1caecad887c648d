package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Fixed values, compared by the identity of their array. */
public record Constant(INDArray array) implements Leaf {

  @Override
  public TensorSpec spec() {
    return new TensorSpec(Shape.of(array.shape()), array.dataType());
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().constant(array.dup('c'));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Constant constant && constant.array == array;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(array);
  }

  @Override
  public String toString() {
    return "constant " + spec();
  }
}
