package dev.tandem.core.regularizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** A penalty on a weight or on a layer's output. Standard ones are in {@link Regularizers}. */
@FunctionalInterface
public interface Regularizer {

  /** The penalty: a scalar. */
  Value penalty(Ops ops, Value tensor);
}
