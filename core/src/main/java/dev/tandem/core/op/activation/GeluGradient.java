package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** (gradient, input of {@link Gelu}) to the gradient at the input: g · (Φ(x) + x · φ(x)). */
public record GeluGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(1);
    Value distribution = ops.scale(ops.shift(ops.erf(ops.scale(x, Math.sqrt(0.5))), 1), 0.5);
    Value density = ops.scale(ops.exp(ops.scale(ops.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
    Value slope = ops.add(distribution, ops.multiply(x, density));
    return List.of(ops.multiply(inputs.get(0), slope));
  }
}
