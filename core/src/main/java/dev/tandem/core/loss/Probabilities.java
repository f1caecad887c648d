package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Probabilities and labels as the entropies take them. */
final class Probabilities {

  /**
   * The distance from 0 and 1 that probabilities keep before their logarithm is taken, as in Keras.
   */
  static final double NEAR = 1e-7;

  private Probabilities() {}

  /** Held between 1e-7 and 1 − 1e-7. */
  static Value clip(Ops ops, Value probability) {
    return ops.clip(probability, NEAR, 1 - NEAR);
  }

  /** Divided by their sum along the last axis. */
  static Value shares(Ops ops, Value prediction) {
    return ops.divide(prediction, ops.sum(prediction, true, -1));
  }

  /** How much a prediction counts that is wrong with a probability: its power, 1 for gamma 0. */
  static Value focus(Ops ops, Value wrong, double gamma) {
    Value held = ops.maximum(wrong, ops.scalar(NEAR, wrong.dtype()));
    return ops.power(held, gamma);
  }

  /** {@code (1 − smoothing) · label + smoothing / outcomes}. */
  static Value smooth(Ops ops, Value label, double smoothing, long outcomes) {
    return ops.shift(ops.scale(label, 1 - smoothing), smoothing / outcomes);
  }

  static void checkSmoothing(double smoothing) {
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new IllegalArgumentException("label smoothing is not in [0, 1]: " + smoothing);
    }
  }
}
