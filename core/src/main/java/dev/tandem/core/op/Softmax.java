package dev.tandem.core.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/** The softmax along the last axis. */
public record Softmax() implements UnaryOp {

  @Override
  public SDVariable define(Expression e) {
    return e.sd().nn().softmax(e.in(0), e.shape(0).rank() - 1);
  }

  @Override
  public List<Value> vjp(Backward back) {
    Ops ops = back.ops();
    Value y = back.output();
    Value inner = ops.sum(ops.multiply(back.upstream(), y), true, -1);
    return List.of(ops.multiply(y, ops.subtract(back.upstream(), inner)));
  }
}
