package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import org.jspecify.annotations.Nullable;

/** The way in which calls of one kind of op are run. */
@FunctionalInterface
interface Rule {

  /** The way to run this call, or null. */
  @Nullable HostKernelChoice choose(OpCall call, UseCounts uses);
}
