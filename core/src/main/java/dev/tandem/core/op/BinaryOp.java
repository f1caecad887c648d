package dev.tandem.core.op;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** An elementwise op of two inputs of one type that broadcasts. */
public interface BinaryOp extends SimpleOp {

  @Override
  default TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec a = inputs.get(0);
    TensorSpec b = inputs.get(1);
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(opName() + " of different types: " + a + " and " + b);
    }
    return a.withShape(Broadcast.common(a.shape(), b.shape()));
  }
}
