package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The input repeated along axes of size 1 and new leading ones.
 *
 * @param shape the sizes after it
 */
public record BroadcastTo(Shape shape) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    if (!Broadcast.common(inputs.get(0).shape(), shape).equals(shape)) {
      throw new IllegalArgumentException(inputs.get(0).shape() + " does not repeat to " + shape);
    }
    return inputs.get(0).withShape(shape);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).mul(e.sd().constant(Nd4j.ones(e.specs().get(0).dtype(), shape.toArray())));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().sumTo(back.upstream(), back.input(0).shape()));
  }
}
