package dev.tandem.core.engine.samediff;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.op.Leaf;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Primitive;
import org.jspecify.annotations.Nullable;

/** Runs any primitive op by its SameDiff expression. */
public final class ExpressionKernels implements KernelLibrary {

  @Override
  public String name() {
    return "samediff";
  }

  @Override
  public @Nullable KernelChoice choose(OpCall call, ImmutableSet<Integer> usedOutputs) {
    return call.op() instanceof Primitive primitive && !(call.op() instanceof Leaf)
        ? binding -> new ExpressionKernel(primitive, binding)
        : null;
  }
}
