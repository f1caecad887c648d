package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Leaf;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Primitive;
import org.jspecify.annotations.Nullable;

/**
 * The library of last resort: runs any primitive op, users' own code included, as the native ops of
 * its SameDiff expression.
 */
public final class ExpressionKernels implements KernelLibrary {

  /** What this library is called. */
  public static final String NAME = "samediff";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable HostKernelChoice choose(OpCall call, UseCounts uses) {
    return call.op() instanceof Primitive primitive && !(call.op() instanceof Leaf)
        ? binding -> bind(primitive, binding)
        : null;
  }

  private static Kernel bind(Primitive op, Binding binding) {
    WrittenExpression written = WrittenExpression.of(op, binding.call());
    Kernel traced = TracedKernel.tryToBind(written, binding);
    return traced != null ? traced : new SessionKernel(written, binding);
  }
}
