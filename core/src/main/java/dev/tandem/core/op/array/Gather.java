package dev.tandem.core.op.array;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rows of a table: from (table (rows, size), integer indices of any shape) to the indices' shape
 * with one more axis, (…, size). A run with an index outside [0, rows) is an
 * IllegalArgumentException on all engines. {@link SegmentSum} is its adjoint.
 */
public record Gather() implements TableOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape table = inputs.get(0).shape();
    if (table.rank() != 2) {
      throw new IllegalArgumentException("gather from " + table + ", not (rows, size)");
    }
    requireIndices(opName(), inputs.get(1));
    return inputs.get(0).withShape(inputs.get(1).shape().append(table.size(1)));
  }

  @Override
  public int indices() {
    return 1;
  }

  @Override
  public long rows(OpCall call) {
    return call.inputs().get(0).shape().size(0);
  }

  static void requireIndices(String op, TensorSpec indices) {
    if (indices.dtype() != DataType.INT32 && indices.dtype() != DataType.INT64) {
      throw new IllegalArgumentException(
          op + " needs int32 or int64 indices, not " + indices + "; cast them");
    }
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().gather(e.in(0), e.in(1), 0);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    long rows = back.input(0).shape().size(0);
    return Arrays.asList(
        back.ops().one(new SegmentSum(rows), back.upstream(), back.input(1)), null);
  }
}
