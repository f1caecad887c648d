package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** (gradient, input of leaky relu) to the gradient at the input. */
public record LeakyReluGradient(double slope) implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value mask = ops.step(inputs.get(1));
    return List.of(ops.multiply(inputs.get(0), ops.shift(ops.scale(mask, 1 - slope), slope)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(back.ops().one(this, back.upstream(), back.input(1)), null);
  }
}
