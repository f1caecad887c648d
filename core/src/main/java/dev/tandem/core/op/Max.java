package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The largest along axes, NaN if any is; equal ones share the gradient.
 *
 * @param axes what is searched
 * @param keep whether these axes stay, with size 1
 */
public record Max(Axes axes, boolean keep) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0).withShape(axes.reduce(inputs.get(0).shape(), keep));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    // SameDiff's session fails on a vector of which nothing is reduced
    return axes.areSingle(e.shape(0))
        ? e.sd().reshape(e.in(0), axes.reduce(e.shape(0), keep).toArray())
        : e.sd()
            .max(e.in(0), keep, axes.toArray())
            .add(e.sd().sum(NanMark.of(e.in(0)), keep, axes.toArray()));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    Value kept = ops.reshape(back.output(), axes.reduce(x.shape(), true));
    Value mask = ops.one(BinaryFunction.EQUAL, x, kept);
    Value share = ops.divide(mask, ops.one(new Sum(axes, true), mask));
    return List.of(ops.multiply(share, ops.reshape(back.upstream(), kept.shape())));
  }
}
