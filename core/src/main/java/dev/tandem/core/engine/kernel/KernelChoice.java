package dev.tandem.core.engine.kernel;

import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/** A way to run one call, before its buffers exist. */
public interface KernelChoice {

  /** The buffers it needs while it runs, besides inputs and outputs. */
  default List<TensorSpec> scratch() {
    return List.of();
  }

  /**
   * Whether an output may lie in the very buffer of an input of the same size: true only if each
   * element is read before the same element is written.
   */
  default boolean mayShare(int output, int input) {
    return false;
  }

  /** Binds it to buffers; they stay where they are as long as the kernel lives. */
  Kernel bind(Binding binding);
}
