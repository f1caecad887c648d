package dev.tandem.core.op.array;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** The int64 index of the largest (of several the first) along the last axis. No gradient. */
public record ArgMax() implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return new TensorSpec(inputs.get(0).shape().without(-1), DataType.INT64);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().argmax(e.in(0), e.shape(0).rank() - 1);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
