package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link Gelu} with Φ(x) ≈ (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2, as in its paper. */
public record GeluTanh() implements Composite {

  static final double CUBE = 0.044715;
  static final double ROOT = Math.sqrt(2 / Math.PI);

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value t = ActivationOps.tanh(ops, inner(ops, x));
    return List.of(ops.multiply(ops.scale(x, 0.5), ops.shift(t, 1)));
  }

  /** What the hyperbolic tangent is taken of. */
  static Value inner(Ops ops, Value x) {
    Value cube = ops.multiply(x, ops.square(x));
    return ops.scale(ops.add(x, ops.scale(cube, CUBE)), ROOT);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new GeluTanhGradient(), back.upstream(), back.input(0)));
  }
}
