package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The same elements in the same ('c') order with other axes.
 *
 * @param shape the sizes after it
 */
public record ReshapeOp(Shape shape) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    if (inputs.get(0).shape().length() != shape.length()) {
      throw new IllegalArgumentException(
          "reshape of "
              + inputs.get(0).shape()
              + " to "
              + shape
              + " changes the number of elements");
    }
    return inputs.get(0).withShape(shape);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().reshape(e.in(0), shape.toArray());
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().reshape(back.upstream(), back.input(0).shape()));
  }
}
