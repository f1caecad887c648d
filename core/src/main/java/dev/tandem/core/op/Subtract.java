package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** a - b. */
public record Subtract() implements BinaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).sub(e.in(1));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Value g = back.upstream();
    Ops ops = back.ops();
    return List.of(
        ops.sumTo(g, back.input(0).shape()), ops.sumTo(ops.negate(g), back.input(1).shape()));
  }
}
