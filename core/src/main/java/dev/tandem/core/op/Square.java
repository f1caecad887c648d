package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** x times itself. */
public record Square() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().square(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().multiply(back.ops().scale(back.upstream(), 2), back.input(0)));
  }
}
