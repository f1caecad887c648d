package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** {@link Gelu} with Φ(x) ≈ (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2, as in its paper. */
public record GeluTanh() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value cube = ops.multiply(x, ops.square(x));
    Value inner = ops.scale(ops.add(x, ops.scale(cube, 0.044715)), Math.sqrt(2 / Math.PI));
    return List.of(ops.multiply(ops.scale(x, 0.5), ops.shift(ActivationOps.tanh(ops, inner), 1)));
  }
}
