package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** (gradient, input of {@link Swish}) to the gradient at the input: g · s · (1 + x · (1 − s)). */
public record SwishGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(1);
    Value s = ActivationOps.sigmoid(ops, x);
    Value rest = ops.multiply(x, ops.shift(ops.negate(s), 1));
    return List.of(ops.multiply(inputs.get(0), ops.multiply(s, ops.shift(rest, 1))));
  }
}
