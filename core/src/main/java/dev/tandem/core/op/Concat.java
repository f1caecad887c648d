package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The inputs one after another along an axis.
 *
 * @param axis not negative
 */
public record Concat(int axis) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape first = inputs.get(0).shape();
    long size = 0;
    for (TensorSpec input : inputs) {
      if (input.shape().rank() != first.rank()
          || !input.shape().with(axis, 0).equals(first.with(axis, 0))
          || input.dtype() != inputs.get(0).dtype()) {
        throw new IllegalArgumentException("concat along axis " + axis + " of " + inputs);
      }
      size += input.shape().size(axis);
    }
    return inputs.get(0).withShape(first.with(axis, size));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().concat(axis, e.inputs().toArray(SDVariable[]::new));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    List<Value> parts = new ArrayList<>();
    long begin = 0;
    for (Value input : back.call().inputs()) {
      long size = input.shape().size(axis);
      parts.add(back.ops().slice(back.upstream(), axis, begin, size));
      begin += size;
    }
    return parts;
  }
}
