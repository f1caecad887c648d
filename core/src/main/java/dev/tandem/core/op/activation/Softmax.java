package dev.tandem.core.op.activation;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.UnaryOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The softmax along the last axis, NaN for a row that holds one. The largest of each row is taken
 * off first: ND4J's own op begins its search for it near 0, and divides 0 by 0 where all lie far
 * below.
 */
public record Softmax() implements UnaryOp {

  @Override
  public SDVariable define(SameDiffContext e) {
    // of more than two axes SameDiff's own passes over NaN in a row
    long classes = e.shape(0).size(-1);
    SDVariable rows = e.sd().reshape(e.in(0), e.shape(0).length() / classes, classes);
    SDVariable shifted = rows.sub(e.sd().max(rows, true, 1));
    return e.sd().reshape(e.sd().nn().softmax(shifted, 1), e.shape(0).toArray());
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value y = back.output();
    Value inner = ops.sum(ops.multiply(back.upstream(), y), true, -1);
    return List.of(ops.multiply(y, ops.subtract(back.upstream(), inner)));
  }
}
