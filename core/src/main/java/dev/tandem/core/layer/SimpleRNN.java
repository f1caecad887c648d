package dev.tandem.core.layer;

import dev.tandem.core.op.recurrent.RecurrentCell;
import dev.tandem.core.op.recurrent.SimpleCell;

/**
 * Fully connected recurrence (Elman, 1990): {@code state ← activation(x · kernel + state ·
 * recurrent_kernel + bias)}, (batch, time, features) to the last state (batch, units), or to all of
 * them, (batch, time, units). Weights: kernel (features, units), recurrent_kernel (units, units),
 * bias (units).
 *
 * <p>The state begins with zeros, or with what it is called on behind the sequence; with {@link
 * #returnState} the last one is a further output. The number of steps has to be known when it is
 * called.
 */
public final class SimpleRNN extends RecurrentLayer<SimpleRNN> {

  SimpleRNN(LayerSettings settings) {
    super(settings);
  }

  /** A layer with a state of this size, at least 1. */
  public static SimpleRNN units(int units) {
    return new SimpleRNN(sized(units));
  }

  @Override
  RecurrentCell cell() {
    return new SimpleCell(units(), activation());
  }
}
