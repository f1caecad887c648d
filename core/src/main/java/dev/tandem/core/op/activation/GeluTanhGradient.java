package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * (gradient, input of {@link GeluTanh}) to the gradient at the input: g · ½ · (1 + t + x · (1 − t²)
 * · √(2/π) · (1 + 3 · 0.044715 · x²)) with t = tanh(√(2/π) · (x + 0.044715 · x³)).
 */
public record GeluTanhGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(1);
    Value t = ActivationOps.tanh(ops, GeluTanh.inner(ops, x));
    Value ofInner =
        ops.scale(ops.shift(ops.scale(ops.square(x), 3 * GeluTanh.CUBE), 1), GeluTanh.ROOT);
    Value curve = ops.multiply(ops.shift(ops.negate(ops.square(t)), 1), ofInner);
    Value slope = ops.scale(ops.add(ops.shift(t, 1), ops.multiply(x, curve)), 0.5);
    return List.of(ops.multiply(inputs.get(0), slope));
  }
}
