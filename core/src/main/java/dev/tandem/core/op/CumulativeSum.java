package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * For each element the sum of those before it along an axis. What lies behind an infinity or NaN is
 * not finite.
 *
 * @param axis not negative
 * @param exclusive whether the element itself is left out
 * @param reversed whether those behind it are summed instead
 */
public record CumulativeSum(int axis, boolean exclusive, boolean reversed) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    inputs.get(0).shape().size(axis);
    return inputs.get(0);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().cumsum(e.in(0), exclusive, reversed, axis);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new CumulativeSum(axis, exclusive, !reversed), back.upstream()));
  }
}
