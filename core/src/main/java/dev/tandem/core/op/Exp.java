package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** e to the x. */
public record Exp() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().exp(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().multiply(back.upstream(), back.output()));
  }
}
