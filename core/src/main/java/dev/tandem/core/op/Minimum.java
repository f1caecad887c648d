package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** The smaller of a and b, NaN where either is; where they are equal the gradient goes to a. */
public record Minimum() implements BinaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().min(e.in(0), e.in(1)).add(NanMark.of(e.in(0))).add(NanMark.of(e.in(1)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value second = ops.multiply(back.upstream(), ops.greater(back.input(0), back.input(1)));
    Value first = ops.subtract(back.upstream(), second);
    return List.of(
        ops.sumTo(first, back.input(0).shape()), ops.sumTo(second, back.input(1).shape()));
  }
}
