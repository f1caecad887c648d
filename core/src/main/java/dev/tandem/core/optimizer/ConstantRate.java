package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;

/**
 * The same at every step.
 *
 * @param rate at least 0
 */
public record ConstantRate(double rate) implements Schedule {

  /** Checks the rate. */
  public ConstantRate {
    Check.notNegative("learning rate", rate);
  }

  @Override
  public double at(long step) {
    return rate;
  }
}
