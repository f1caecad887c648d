package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.norm.BatchNorm;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.norm.GroupNorm;
import dev.tandem.core.op.norm.GroupNormGradient;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.LayerNormGradient;
import dev.tandem.cuda.text.CType;
import org.jspecify.annotations.Nullable;

/** Batch, layer and group normalization with their gradients. */
final class Normalizations {

  private Normalizations() {}

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    CType type = CType.of(call.outputs().get(0).dtype());
    if (type == null || !type.isFloating()) {
      return null;
    } else if (call.op() instanceof BatchNorm norm) {
      return BatchNormKernels.forward(call, uses, type, norm.epsilon());
    } else if (call.op() instanceof BatchNormGradient norm) {
      return BatchNormKernels.gradient(call, uses, type, norm.epsilon());
    } else if (call.op() instanceof LayerNorm norm) {
      return LayerNormKernels.forward(call, uses, type, norm.epsilon());
    } else if (call.op() instanceof LayerNormGradient norm) {
      return LayerNormKernels.gradient(call, uses, type, norm.epsilon());
    } else if (call.op() instanceof GroupNorm norm) {
      return GroupNormKernels.forward(call, uses, type, norm.groups(), norm.epsilon());
    } else if (call.op() instanceof GroupNormGradient norm) {
      return GroupNormKernels.gradient(call, uses, type, norm.groups(), norm.epsilon());
    }
    return null;
  }
}
