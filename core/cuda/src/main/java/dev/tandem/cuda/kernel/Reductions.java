package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Max;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.loss.SoftmaxCrossEntropy;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import org.jspecify.annotations.Nullable;

/** Sums and largest elements along axes, and softmax. */
final class Reductions {

  private Reductions() {}

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    if (call.op() instanceof Softmax
        || call.op() instanceof LogSoftmax
        || call.op() instanceof SoftmaxCrossEntropy) {
      return isTyped(call) ? SoftmaxRows.of(call, uses) : null;
    }
    OpCall reduction = isReduction(call) ? call : behind(call, uses);
    return reduction == null ? null : Reduction.of(reduction, call, uses);
  }

  private static boolean isReduction(OpCall call) {
    return (call.op() instanceof Sum || call.op() instanceof Max) && isTyped(call);
  }

  private static boolean isTyped(OpCall call) {
    return CType.of(call.outputs().get(0).dtype()) != null;
  }

  /** The reduction whose results an elementwise call alone goes on with, one by one. */
  private static @Nullable OpCall behind(OpCall call, UseCounts uses) {
    if (!Fusion.isWritten(call)) {
      return null;
    }
    long length = call.outputs().get(0).shape().length();
    for (Value input : call.inputs()) {
      if (input.shape().length() == length && uses.only(input, call)) {
        OpCall before = input.call();
        OpCall found = isReduction(before) ? before : behind(before, uses);
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }
}
