package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;

/**
 * {@code end + (start − end) · (1 − step / steps)^power}, and {@code end} from step {@code steps}
 * on, as in Keras without its cycles.
 *
 * @param start the rate of the first step, at least 0
 * @param steps when the end is reached
 * @param end the last rate, at least 0
 * @param power above 0; 1 is a straight line
 */
public record PolynomialDecay(double start, long steps, double end, double power)
    implements Schedule {

  /** Checks the numbers. */
  public PolynomialDecay {
    Check.notNegative("first learning rate", start);
    Check.positive("decay steps", steps);
    Check.notNegative("last learning rate", end);
    Check.aboveZero("power", power);
  }

  @Override
  public double at(long step) {
    double left = 1 - (double) Math.min(step, steps) / steps;
    return end + (start - end) * Math.pow(left, power);
  }
}
