package dev.tandem.core.engine.samediff;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.Uses;
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
  public @Nullable KernelChoice choose(OpCall call, Uses uses) {
    return call.op() instanceof Primitive primitive && !(call.op() instanceof Leaf)
        ? binding -> new ExpressionKernel(primitive, binding)
        : null;
  }
}
