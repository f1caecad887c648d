package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Targets −1 and 1. */
final class Signs {

  private Signs() {}

  /** 1 − target · prediction, with 0 taken for the target −1. */
  static Value missing(Ops ops, Value prediction, Value target) {
    Value zeros = ops.equal(target, ops.scalar(0, target.dtype()));
    Value agreement = ops.multiply(ops.subtract(target, zeros), prediction);
    return ops.shift(ops.negate(agreement), 1);
  }
}
