package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.OpCall;
import org.jspecify.annotations.Nullable;

/**
 * A set of kernels. A plan asks its libraries in their order and takes the first choice it gets. A
 * composite that no library chooses is replaced by its parts.
 *
 * <p>Choices of libraries for {@link dev.tandem.core.engine.PlanEngine} are {@link
 * HostKernelChoice}s; an engine for other memory has libraries, and choices, of its own.
 */
public interface KernelLibrary {

  /** The name in listings and messages. */
  String name();

  /**
   * How this library would run a call. The answer depends on nothing but the arguments, so that
   * whoever asks again about the same graph hears the same.
   *
   * @param call of concrete shapes
   * @param uses who reads what in the graph around it
   * @return null if it cannot, or for a composite if its parts are better
   */
  @Nullable KernelChoice choose(OpCall call, UseCounts uses);
}
