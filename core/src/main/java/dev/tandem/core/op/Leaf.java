package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** An op without inputs. Gradients end here. */
public interface Leaf extends SimpleOp {

  /** What it holds. */
  TensorSpec spec();

  @Override
  default TensorSpec output(List<TensorSpec> inputs) {
    return spec();
  }

  @Override
  default List<Value> vjp(VjpContext back) {
    return List.of();
  }
}
