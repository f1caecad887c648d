package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.op.recurrent.GatedCell;
import dev.tandem.core.op.recurrent.RecurrentCell;
import dev.tandem.core.tensor.Shape;

/**
 * Gated recurrent unit (Cho et al., 2014, arXiv:1406.1078): (batch, time, features) to the last
 * state (batch, units), or to all of them, (batch, time, units). Weights: kernel (features, 3 ·
 * units), recurrent_kernel (units, 3 · units), bias (2, 3 · units), or (3 · units) with {@link
 * #resetAfter}(false), each with the gates in the order update, reset, candidate.
 *
 * <p>With x and h for what kernel and recurrent kernel make of the step and of the state, each with
 * its row of the bias, σ for the recurrent activation and φ for the activation: {@code u = σ(x₀ +
 * h₀); r = σ(x₁ + h₁); c = φ(x₂ + r · h₂); state ← u · state + (1 - u) · c}. Without resetAfter h
 * has no bias, and r multiplies the state before its product: {@code c = φ(x₂ + (r · state) ·
 * recurrent_kernel₂)}. The state begins with zeros, or with what it is called on behind the
 * sequence; with {@link #returnState} the last one is a further output. The number of steps has to
 * be known when it is called.
 */
public final class GRU extends RecurrentLayer<GRU> {

  private static final Setting<Activation> RECURRENT_ACTIVATION =
      Setting.of("recurrentActivation", Activation.class).otherwise(Activations.sigmoid());
  private static final Setting<Boolean> RESET_AFTER = Setting.flag("resetAfter").otherwise(true);

  GRU(LayerSettings settings) {
    super(settings);
  }

  /** A layer with a state of this size, at least 1. */
  public static GRU units(int units) {
    return new GRU(sized(units));
  }

  /** The function of the gates; sigmoid unless set. */
  public GRU recurrentActivation(Activation activation) {
    return set(RECURRENT_ACTIVATION, activation);
  }

  /**
   * Whether the reset gate is applied after the product with the recurrent kernel, as cuDNN does,
   * or before it, as in the paper; true unless set, as in Keras.
   */
  public GRU resetAfter(boolean after) {
    return set(RESET_AFTER, after);
  }

  @Override
  RecurrentCell cell() {
    return new GatedCell(units(), activation(), get(RECURRENT_ACTIVATION), get(RESET_AFTER));
  }

  @Override
  Shape biasShape(long size) {
    return get(RESET_AFTER) ? Shape.of(2, size) : Shape.of(size);
  }
}
