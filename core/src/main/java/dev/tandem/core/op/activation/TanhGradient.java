package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** (gradient, output of tanh) to the gradient at the input: g · (1 - y²). */
public record TanhGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value slope = ops.shift(ops.negate(ops.square(inputs.get(1))), 1);
    return List.of(ops.multiply(inputs.get(0), slope));
  }
}
