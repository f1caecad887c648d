package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** log(1 + e^x), as max(x, 0) + log1p(e^-|x|): no overflow. */
public record Softplus() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.add(ActivationOps.relu(ops, x), ops.log1p(ops.exp(ops.negate(ops.abs(x))))));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(
        back.ops().multiply(back.upstream(), ActivationOps.sigmoid(back.ops(), back.input(0))));
  }
}
