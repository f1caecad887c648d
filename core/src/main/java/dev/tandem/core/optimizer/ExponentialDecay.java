package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;

/**
 * {@code start · factor^(step / steps)}, as in Keras.
 *
 * @param start the rate of the first step, at least 0
 * @param steps after how many the rate has been multiplied with the factor once
 * @param factor above 0
 * @param staircase whether the exponent is rounded down, so that the rate falls every {@code steps}
 */
public record ExponentialDecay(double start, long steps, double factor, boolean staircase)
    implements Schedule {

  /** Checks the numbers. */
  public ExponentialDecay {
    Check.notNegative("first learning rate", start);
    Check.positive("decay steps", steps);
    Check.aboveZero("decay factor", factor);
  }

  /** The same, falling once every {@code steps} instead of at each. */
  public ExponentialDecay inSteps() {
    return new ExponentialDecay(start, steps, factor, true);
  }

  @Override
  public double at(long step) {
    return start * Math.pow(factor, staircase ? step / steps : (double) step / steps);
  }
}
