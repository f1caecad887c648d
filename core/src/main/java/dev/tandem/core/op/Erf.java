package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** The error function. */
public record Erf() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().erf(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value bell = ops.exp(ops.negate(ops.square(back.input(0))));
    return List.of(ops.multiply(back.upstream(), ops.scale(bell, 2 / Math.sqrt(Math.PI))));
  }
}
