package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** x · sigmoid(x). */
public record Swish() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.multiply(x, ActivationOps.sigmoid(ops, x)));
  }
}
