package dev.tandem.core.train;

import dev.tandem.core.optimizer.Clipping;
import dev.tandem.core.optimizer.Optimizer;
import org.jspecify.annotations.Nullable;

/**
 * How a trainer updates a weight.
 *
 * @param optimizer that moves it
 * @param rateFactor of what the optimizer's schedule says
 * @param clipping of its group's gradients alone, or null if the recipe's counts
 * @param group whose rule it is, or null if it is the recipe's
 */
record UpdateRule(
    Optimizer optimizer,
    double rateFactor,
    @Nullable Clipping clipping,
    @Nullable ParameterGroup group) {

  /** The rate at a step, counted from 0. */
  double rate(long step, RateFactor factor) {
    return factor.at(optimizer.rate(), step) * rateFactor;
  }

  /** What all weights of it share besides their clipping. */
  UpdateRule unclipped() {
    return new UpdateRule(optimizer, rateFactor, null, null);
  }
}
