package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/** The input in another element type. */
public record Cast(DataType dtype) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0).withType(dtype);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.in(0).castTo(dtype);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    DataType from = back.input(0).dtype();
    return from.isFPType() && dtype.isFPType()
        ? List.of(back.ops().cast(back.upstream(), from))
        : Arrays.asList((Value) null);
  }
}
