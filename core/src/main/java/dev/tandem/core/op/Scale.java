package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** x times a number. */
public record Scale(double factor) implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).mul(factor);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().scale(back.upstream(), factor));
  }
}
