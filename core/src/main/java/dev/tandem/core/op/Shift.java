package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** x plus a number. */
public record Shift(double term) implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).add(term);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.upstream());
  }
}
