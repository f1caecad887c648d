package dev.tandem.core.engine.kernel;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.op.OpCall;
import org.jspecify.annotations.Nullable;

/**
 * A set of kernels. A plan asks its libraries in their order and takes the first choice it gets. A
 * composite that no library chooses is replaced by its parts.
 */
public interface KernelLibrary {

  /** The name in listings and messages. */
  String name();

  /**
   * How this library would run a call.
   *
   * @param call of concrete shapes
   * @param usedOutputs the indexes of the outputs that something reads; never empty
   * @return null if it cannot, or for a composite if its parts are better
   */
  @Nullable KernelChoice choose(OpCall call, ImmutableSet<Integer> usedOutputs);
}
