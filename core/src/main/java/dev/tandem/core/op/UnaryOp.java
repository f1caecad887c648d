package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** An elementwise op of one input. */
public interface UnaryOp extends SimpleOp {

  @Override
  default TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0);
  }
}
