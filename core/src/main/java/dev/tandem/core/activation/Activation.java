package dev.tandem.core.activation;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.recurrent.CellFunction;

/** An elementwise function between layers. Standard ones are in {@link Activations}. */
@FunctionalInterface
public interface Activation extends CellFunction {

  /** The function of a tensor, of the same shape. */
  @Override
  Value apply(Ops ops, Value x);
}
