package dev.tandem.cuda.kernel;

import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import org.jspecify.annotations.Nullable;

/** Matrix products, with what comes behind them. */
final class Products {

  private Products() {}

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    return null;
  }
}
