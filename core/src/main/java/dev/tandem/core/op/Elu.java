package dev.tandem.core.op;

import java.util.List;

/** x where x &gt; 0, else alpha · (e^x - 1). */
public record Elu(double alpha) implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value negative = ops.negate(ops.relu(ops.negate(x)));
    Value below = ops.scale(ops.shift(ops.exp(negative), -1), alpha);
    return List.of(ops.add(ops.relu(x), below));
  }
}
