package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From (condition, a, b) to a where the condition is not 0 (NaN is not), else b; inputs broadcast.
 * What is not taken leaves no trace, NaN included, and gets a gradient of 0.
 */
public record Select() implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec a = inputs.get(1);
    TensorSpec b = inputs.get(2);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException("select of different types: " + a + " and " + b);
    }
    Shape values = Broadcast.common(a.shape(), b.shape());
    return a.withShape(Broadcast.common(inputs.get(0).shape(), values));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape shape = output(e.specs()).shape();
    SDVariable zero = e.sd().constant(Nd4j.scalar(e.specs().get(0).dtype(), 0));
    SDVariable condition = spread(e, 0, shape);
    return e.sd().where(spread(e, 1, shape), spread(e, 2, shape), condition.neq(zero));
  }

  /** An input repeated to the shape of the output: SameDiff's own op does not broadcast. */
  private static SDVariable spread(SameDiffContext e, int index, Shape shape) {
    if (e.shape(index).equals(shape)) {
      return e.in(index);
    }
    DataType dtype = e.specs().get(index).dtype();
    return e.in(index).mul(e.sd().constant(Nd4j.ones(dtype, shape.toArray())));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value zero = ops.scalar(0, back.upstream().dtype());
    Value first = ops.where(back.input(0), back.upstream(), zero);
    Value second = ops.where(back.input(0), zero, back.upstream());
    return Arrays.asList(
        null, ops.sumTo(first, back.input(1).shape()), ops.sumTo(second, back.input(2).shape()));
  }
}
