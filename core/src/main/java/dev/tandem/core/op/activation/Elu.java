package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** x where x &gt; 0, else alpha · (e^x - 1). Its slope at 0 is alpha, that of the left side. */
public record Elu(double alpha) implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value below = ops.scale(ops.shift(ops.exp(negativePart(ops, x)), -1), alpha);
    return List.of(ops.add(ActivationOps.relu(ops, x), below));
  }

  /** x where x &lt; 0, else 0. */
  static Value negativePart(Ops ops, Value x) {
    return ops.negate(ActivationOps.relu(ops, ops.negate(x)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new EluGradient(alpha, false), back.upstream(), back.input(0)));
  }
}
