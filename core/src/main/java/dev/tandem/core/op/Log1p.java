package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** log(1 + x), exact near 0. */
public record Log1p() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().log1p(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().divide(back.upstream(), back.ops().shift(back.input(0), 1)));
  }
}
