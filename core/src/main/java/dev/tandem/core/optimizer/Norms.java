package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** The factors that hold the norm of gradients. */
final class Norms {

  private Norms() {}

  /** {@code limit / max(√squares, limit)}: a scalar in (0, 1], or NaN for infinity. */
  static Value factor(Ops ops, Value squares, double limit) {
    Value norm = ops.sqrt(squares);
    Value most = ops.scalar(limit, norm.dtype());
    Value factor = ops.divide(most, ops.maximum(norm, most));
    // limit / infinity would be a silent 0
    return ops.add(factor, ops.subtract(norm, norm));
  }
}
