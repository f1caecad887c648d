package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** A limit on gradients before they move weights. */
@FunctionalInterface
public interface Clipping {

  /**
   * Limits the gradients of one step.
   *
   * @param gradients of all moved weights
   * @return limited ones of the same shapes, in the same order
   */
  List<Value> apply(Ops ops, List<Value> gradients);
}
