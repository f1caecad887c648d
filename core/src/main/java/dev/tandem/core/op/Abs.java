package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** The absolute value; its slope at 0 is 0. */
public record Abs() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().abs(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().multiply(back.upstream(), back.ops().sign(back.input(0))));
  }
}
