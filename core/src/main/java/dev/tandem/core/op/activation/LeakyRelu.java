package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** x where x &gt; 0, else slope · x; slope in [0, 1). */
public record LeakyRelu(double slope) implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.maximum(x, ops.scale(x, slope)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new LeakyReluGradient(slope), back.upstream(), back.input(0)));
  }
}
