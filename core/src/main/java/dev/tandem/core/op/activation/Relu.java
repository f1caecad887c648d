package dev.tandem.core.op.activation;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.UnaryOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** max(x, 0). */
public record Relu() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().nn().relu(e.in(0), 0);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new ReluGradient(), back.upstream(), back.output()));
  }
}
