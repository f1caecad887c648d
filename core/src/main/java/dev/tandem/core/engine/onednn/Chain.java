package dev.tandem.core.engine.onednn;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.BiasSum;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.ProductSum;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DOp;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A product or a convolution with the bias and the activation behind it, or a product with a tensor
 * added to it, as gradients of a weight that was used twice are: one primitive, where nothing else
 * reads what lies between.
 *
 * @param head the product or convolution
 * @param bias what is added, if anything
 * @param function what comes last, if anything
 * @param addend a tensor of the result's shape that is added, if any; nothing else then
 */
record Chain(
    OpCall head, @Nullable Value bias, @Nullable Eltwise function, @Nullable Value addend) {

  /** The longest that a call ends, or null if it ends none. */
  static @Nullable Chain endingAt(OpCall call, UseCounts uses) {
    Eltwise function = Eltwise.of(call.op());
    if (function == null) {
      Chain linear = linear(call, uses);
      return linear == null ? added(call, uses) : linear;
    }
    Value x = call.inputs().get(0);
    Chain before = uses.only(x, call) ? linear(x.call(), uses) : null;
    return before == null ? null : new Chain(before.head, before.bias, function, null);
  }

  private static @Nullable Chain linear(OpCall call, UseCounts uses) {
    if (isHead(call)) {
      return new Chain(call, null, null, null);
    }
    BiasSum sum = BiasSum.of(call);
    return sum != null && isHead(sum.x().call()) && uses.only(sum.x(), call)
        ? new Chain(sum.x().call(), sum.bias(), null, null)
        : null;
  }

  private static @Nullable Chain added(OpCall call, UseCounts uses) {
    ProductSum sum = ProductSum.of(call, uses);
    return sum == null ? null : new Chain(sum.product(), null, null, sum.addend());
  }

  private static boolean isHead(OpCall call) {
    return call.op() instanceof MatMul || call.op() instanceof Conv2DOp;
  }

  /** Whether it multiplies bfloat16. */
  boolean isNarrow() {
    return head.inputs().get(0).dtype() == DataType.BFLOAT16;
  }

  /** All that it reads; what is added comes last. */
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

  /** Its ops, as in {@code conv2d + bias + relu}. */
  String label() {
    return head.op().opName()
        + (bias == null ? "" : " + bias")
        + (function == null ? "" : " + " + function.name())
        + (addend == null ? "" : " + add");
  }

  /** What its primitive is to do at the end. */
  primitive_attr attributes() {
    return function == null ? Dnnl.newAttributes() : function.behind();
  }

  /** Adds what these attributes read. */
  void arguments(Primitive.Builder builder, Binding b) {
    if (function != null) {
      function.arguments(builder, b);
    }
  }
}
