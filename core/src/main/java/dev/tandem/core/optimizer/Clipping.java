package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * A limit on gradients, between the two halves of a step. Standard ones are in {@link Clippings};
 * only those can be written to files.
 */
@FunctionalInterface
public interface Clipping {

  /**
   * The limited gradients.
   *
   * @param gradients of all moved weights
   * @return one of the same shape for each
   */
  List<Value> apply(Ops ops, List<Value> gradients);
}
