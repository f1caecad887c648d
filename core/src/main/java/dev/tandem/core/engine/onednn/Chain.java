package dev.tandem.core.engine.onednn;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.BiasSum;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DOp;
import org.bytedeco.dnnl.primitive_attr;
import org.jspecify.annotations.Nullable;

/**
 * A product or a convolution with the bias and the activation behind it, where nothing else reads
 * what lies between: one primitive.
 *
 * @param head the product or convolution
 * @param bias what is added, if anything
 * @param function what comes last, if anything
 */
record Chain(OpCall head, @Nullable Value bias, @Nullable Eltwise function) {

  /** The longest that a call ends, or null if it ends none. */
  static @Nullable Chain endingAt(OpCall call, UseCounts uses) {
    Eltwise function = Eltwise.of(call.op());
    if (function == null) {
      return linear(call, uses);
    }
    Value x = call.inputs().get(0);
    Chain before = uses.only(x, call) ? linear(x.call(), uses) : null;
    return before == null ? null : new Chain(before.head, before.bias, function);
  }

  private static @Nullable Chain linear(OpCall call, UseCounts uses) {
    if (isHead(call)) {
      return new Chain(call, null, null);
    }
    BiasSum sum = BiasSum.of(call);
    return sum != null && isHead(sum.x().call()) && uses.only(sum.x(), call)
        ? new Chain(sum.x().call(), sum.bias(), null)
        : null;
  }

  private static boolean isHead(OpCall call) {
    return call.op() instanceof MatMul || call.op() instanceof Conv2DOp;
  }

  /** All that it reads, the bias last. */
  ImmutableList<Value> inputs() {
    ImmutableList.Builder<Value> inputs = ImmutableList.builder();
    inputs.addAll(head.inputs());
    if (bias != null) {
      inputs.add(bias);
    }
    return inputs.build();
  }

  /** Its ops, as in {@code conv2d + bias + relu}. */
  String label() {
    return head.op().opName()
        + (bias == null ? "" : " + bias")
        + (function == null ? "" : " + " + function.name());
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
