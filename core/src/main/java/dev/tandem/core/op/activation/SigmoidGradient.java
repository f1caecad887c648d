package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** (gradient, output of sigmoid) to the gradient at the input: g · y · (1 - y). */
public record SigmoidGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value y = inputs.get(1);
    Value slope = ops.multiply(y, ops.shift(ops.negate(y), 1));
    return List.of(ops.multiply(inputs.get(0), slope));
  }
}
