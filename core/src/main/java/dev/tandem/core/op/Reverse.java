package dev.tandem.core.op;

import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The elements along axes in the opposite order.
 *
 * @param axes which turn around
 */
public record Reverse(Axes axes) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    if (axes.list().stream().anyMatch(axis -> axis >= inputs.get(0).shape().rank())) {
      throw new IllegalArgumentException(this + " of " + inputs.get(0).shape());
    }
    return inputs.get(0);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().reverse(e.in(0), Ints.toArray(axes.list()));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(this, back.upstream()));
  }
}
