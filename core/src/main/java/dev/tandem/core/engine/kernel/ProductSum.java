package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import org.jspecify.annotations.Nullable;

/**
 * A sum of which one side is a matrix product that nothing else reads, as where gradients of a
 * weight that was used twice meet; the later one of two products.
 *
 * @param product the call of the product
 * @param addend of the product's shape
 */
public record ProductSum(OpCall product, Value addend) {

  /** What a call adds to which product, or null if it is no such sum. */
  public static @Nullable ProductSum of(OpCall call, UseCounts uses) {
    if (call.op() != BinaryFunction.ADD) {
      return null;
    }
    for (int i = 1; i >= 0; i--) {
      Value product = call.inputs().get(i);
      Value addend = call.inputs().get(1 - i);
      if (product.call().op() instanceof MatMul
          && uses.only(product, call)
          && addend.shape().equals(product.shape())) {
        return new ProductSum(product.call(), addend);
      }
    }
    return null;
  }
}
