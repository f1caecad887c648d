package dev.tandem.core.op;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** x to the power of a number. */
public record Power(double exponent) implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    // the power function of C has values for minus infinity where a root has none
    if (exponent == 0.5) {
      return e.sd().math().sqrt(e.in(0));
    } else if (exponent == -0.5) {
      return e.sd().math().rsqrt(e.in(0));
    }
    return e.sd().math().pow(e.in(0), exponent);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Value slope = back.ops().scale(back.ops().power(back.input(0), exponent - 1), exponent);
    return List.of(back.ops().multiply(back.upstream(), slope));
  }
}
