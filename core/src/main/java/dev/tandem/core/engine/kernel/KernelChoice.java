package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * A way to run one call, as planning sees it: what it reads, what it needs, what may share. It may
 * compute some of the call's inputs itself and read what lies behind them instead, if nothing else
 * {@linkplain UseCounts#only reads} them. How it is bound to memory is between a library and its
 * engine: see {@link HostKernelChoice}.
 */
public interface KernelChoice {

  /** What it does, for listings: the op's name unless it does more than the op. */
  default String label(OpCall call) {
    return call.op().opName();
  }

  /** The values it reads; those of the call unless it reaches behind them. */
  default List<Value> inputs(OpCall call) {
    return call.inputs();
  }

  /** The buffers it needs while it runs, besides inputs and outputs. */
  default List<TensorSpec> scratch() {
    return List.of();
  }

  /**
   * Whether an output may lie in the very buffer of an {@linkplain #inputs input} of the same size:
   * true only if each element is read before the same element is written.
   */
  default boolean mayShare(int output, int input) {
    return false;
  }
}
