package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** 1 where x &gt; 0, else 0. No gradient. */
public record Step() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().math().step(e.in(0), 0.0);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
