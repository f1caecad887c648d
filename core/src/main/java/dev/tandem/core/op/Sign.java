package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** -1, 0 or 1. No gradient. */
public record Sign() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().sign(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
