package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** (gradient, output of relu or its input) to the gradient at the input: where x &gt; 0. */
public record ReluGradient() implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    return List.of(ops.multiply(inputs.get(0), ops.step(inputs.get(1))));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(back.ops().one(this, back.upstream(), back.input(1)), null);
  }
}
