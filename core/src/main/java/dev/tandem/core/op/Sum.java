package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The sum along axes.
 *
 * @param axes what is summed over
 * @param keep whether summed axes stay, with size 1
 */
public record Sum(Axes axes, boolean keep) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0).withShape(axes.reduce(inputs.get(0).shape(), keep));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    // SameDiff's session fails on a vector of which nothing is reduced
    return axes.areSingle(e.shape(0))
        ? e.sd().reshape(e.in(0), axes.reduce(e.shape(0), keep).toArray())
        : e.sd().sum(e.in(0), keep, axes.toArray());
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value kept = ops.reshape(back.upstream(), axes.reduce(back.input(0).shape(), true));
    return List.of(ops.broadcastTo(kept, back.input(0).shape()));
  }
}
