package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The matrix product of (n, k) and (k, m), or of two batches of them, (b, n, k) and (b, k, m). That
 * of bfloat16 is float32.
 *
 * @param transposeA whether the first comes as (k, n)
 * @param transposeB whether the second comes as (m, k)
 */
public record MatMul(boolean transposeA, boolean transposeB) implements SimpleOp {

  @Override
  public String opName() {
    return "matmul";
  }

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape a = inputs.get(0).shape();
    Shape b = inputs.get(1).shape();
    boolean ranks = a.rank() == b.rank() && (a.rank() == 2 || a.rank() == 3);
    if (!ranks
        || a.rank() == 3 && a.size(0) != b.size(0)
        || a.size(transposeA ? -2 : -1) != b.size(transposeB ? -1 : -2)) {
      throw new IllegalArgumentException("matmul of " + a + " and " + b + " with " + this);
    }
    long n = a.size(transposeA ? -1 : -2);
    long m = b.size(transposeB ? -2 : -1);
    return Precision.sums(inputs.get(0)).withShape(a.with(-2, n).with(-1, m));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().mmul(e.operand(0), e.operand(1), transposeA, transposeB, false);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value a = back.input(0);
    Value b = back.input(1);
    Value g = back.upstream();
    return List.of(
        transposeA ? ops.matmul(b, g, transposeB, true) : ops.matmul(g, b, false, !transposeB),
        transposeB ? ops.matmul(g, a, true, transposeA) : ops.matmul(a, g, !transposeA, false));
  }
}
