package dev.tandem.core.train;

/**
 * NaN or infinity in examples, a loss, a gradient or the next value of a state. The message names
 * where it was first: an array and its row, or a layer and its op. Weights, optimizer slots and
 * state are as they were before the step.
 */
public final class NonFiniteException extends ArithmeticException {

  private static final long serialVersionUID = 1;

  /** The step in which it appeared, counted from 1. */
  private final long step;

  NonFiniteException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** The step in which it appeared, counted from 1. */
  public long step() {
    return step;
  }
}
