package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** x · sigmoid(x). */
public record Swish() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.multiply(x, ActivationOps.sigmoid(ops, x)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new SwishGradient(), back.upstream(), back.input(0)));
  }
}
