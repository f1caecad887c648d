package dev.tandem.core.op.activation;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.UnaryOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;

/** 1 / (1 + e^-x). */
public record Sigmoid() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().nn().sigmoid(e.in(0));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new SigmoidGradient(), back.upstream(), back.output()));
  }
}
