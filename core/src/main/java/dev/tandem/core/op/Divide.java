package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** a / b. */
public record Divide() implements BinaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).div(e.in(1));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value ga = ops.divide(back.upstream(), back.input(1));
    return List.of(
        ops.sumTo(ga, back.input(0).shape()),
        ops.sumTo(ops.negate(ops.multiply(ga, back.output())), back.input(1).shape()));
  }
}
