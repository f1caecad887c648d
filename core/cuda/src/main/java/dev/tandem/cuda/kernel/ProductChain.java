package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.BiasSum;
import dev.tandem.core.engine.kernel.ProductSum;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.Relu;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A matrix product with what lies behind it: bias and relu, or a tensor that is added, as where
 * gradients of a weight that was used twice meet.
 *
 * @param head the product
 * @param bias what is added to each row, if anything
 * @param relu whether relu comes last
 * @param addend a tensor of the result's shape that is added, if any; nothing else then
 */
record ProductChain(OpCall head, @Nullable Value bias, boolean relu, @Nullable Value addend) {

  /** The longest that a call ends, or null if it ends none. */
  static @Nullable ProductChain endingAt(OpCall call, UseCounts uses) {
    DataType dtype = call.outputs().get(0).dtype();
    if (dtype != DataType.FLOAT && dtype != DataType.DOUBLE) {
      return null;
    } else if (call.op() instanceof MatMul) {
      return new ProductChain(call, null, false, null);
    }
    // libraries have these for float32 alone
    if (dtype == DataType.FLOAT) {
      ProductChain linear = rectified(call, uses);
      if (linear != null) {
        return linear;
      }
    }
    return added(call, uses);
  }

  private static @Nullable ProductChain rectified(OpCall call, UseCounts uses) {
    if (!(call.op() instanceof Relu)) {
      return biased(call, uses);
    }
    Value x = call.inputs().get(0);
    if (!uses.only(x, call)) {
      return null;
    } else if (x.call().op() instanceof MatMul) {
      return new ProductChain(x.call(), null, true, null);
    }
    ProductChain before = biased(x.call(), uses);
    return before == null ? null : new ProductChain(before.head, before.bias, true, null);
  }

  private static @Nullable ProductChain biased(OpCall call, UseCounts uses) {
    BiasSum sum = BiasSum.of(call);
    return sum != null && sum.x().call().op() instanceof MatMul && uses.only(sum.x(), call)
        ? new ProductChain(sum.x().call(), sum.bias(), false, null)
        : null;
  }

  private static @Nullable ProductChain added(OpCall call, UseCounts uses) {
    ProductSum sum = ProductSum.of(call, uses);
    return sum == null ? null : new ProductChain(sum.product(), null, false, sum.addend());
  }

  /** All that it reads: both matrices, then what is added. */
  ImmutableList<Value> inputs() {
    ImmutableList.Builder<Value> inputs = ImmutableList.builder();
    inputs.addAll(head.inputs());
    if (bias != null) {
      inputs.add(bias);
    }
    if (addend != null) {
      inputs.add(addend);
    }
    return inputs.build();
  }

  /** Its ops, as in {@code matmul_bias_relu}. */
  String label() {
    return head.op().opName()
        + (bias == null ? "" : "_bias")
        + (relu ? "_relu" : "")
        + (addend == null ? "" : "_add");
  }
}
