package dev.tandem.core.op;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** x itself; no gradient goes back through it. */
public record StopGradient() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
