package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Targets −1 and 1. */
final class Signs {

  private Signs() {}

  static Optional<Flaw> flaw(INDArray target) {
    return Domain.signs(
        target, "targets are −1 and 1, or 0 and 1; take binaryCrossentropy for probabilities");
  }

  /**
   * max(x, 0), with slope 1 at 0: at the margin of a hinge both are right, and Keras takes this.
   */
  static Value positivePart(Ops ops, Value x) {
    return ops.maximum(x, ops.scalar(0, x.dtype()));
  }

  /** 1 − target · prediction, with 0 taken for the target −1. */
  static Value missing(Ops ops, Value prediction, Value target) {
    Value zeros = ops.equal(target, ops.scalar(0, target.dtype()));
    Value agreement = ops.multiply(ops.subtract(target, zeros), prediction);
    return ops.shift(ops.negate(agreement), 1);
  }
}
