package dev.tandem.core.op;

import java.util.List;

/** x · sigmoid(x). */
public record Swish() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.multiply(x, ops.sigmoid(x)));
  }
}
