package dev.tandem.core.activation;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** An elementwise function between layers. Standard ones are in {@link Activations}. */
@FunctionalInterface
public interface Activation {

  /** The function of a tensor, of the same shape. */
  Value apply(Ops ops, Value x);
}
