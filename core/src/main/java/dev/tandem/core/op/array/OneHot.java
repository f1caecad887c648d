package dev.tandem.core.op.array;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * From integer indices of any shape to that shape with one more axis: 1 where the index says, else
 * 0. A run with an index outside [0, depth) is an IllegalArgumentException on all engines. No
 * gradient.
 *
 * @param depth the size of the new axis
 * @param dtype the element type of the output
 */
public record OneHot(long depth, DataType dtype) implements TableOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Gather.requireIndices(opName(), inputs.get(0));
    return new TensorSpec(inputs.get(0).shape().append(depth), dtype);
  }

  @Override
  public int indices() {
    return 0;
  }

  @Override
  public long rows(OpCall call) {
    return depth;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().oneHot(e.in(0), Math.toIntExact(depth), -1, 1, 0, dtype);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
