package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** x · Φ(x) with the normal distribution Φ (Hendrycks, Gimpel, 2016, arXiv:1606.08415). */
public record Gelu() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value distribution = ops.shift(ops.erf(ops.scale(x, Math.sqrt(0.5))), 1);
    return List.of(ops.multiply(ops.scale(x, 0.5), distribution));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new GeluGradient(), back.upstream(), back.input(0)));
  }
}
