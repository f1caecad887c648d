package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** x · Φ(x) with the normal distribution Φ (Hendrycks, Gimpel, 2016, arXiv:1606.08415). */
public record Gelu() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value distribution = ops.shift(ops.erf(ops.scale(x, Math.sqrt(0.5))), 1);
    return List.of(ops.multiply(ops.scale(x, 0.5), distribution));
  }
}
