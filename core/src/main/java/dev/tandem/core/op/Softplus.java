package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** log(1 + e^x), as max(x, 0) + log1p(e^-|x|): no overflow. */
public record Softplus() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.add(ops.relu(x), ops.log1p(ops.exp(ops.negate(ops.abs(x))))));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().multiply(back.upstream(), back.ops().sigmoid(back.input(0))));
  }
}
