package dev.tandem.gan.train;

import dev.tandem.core.optimizer.Schedule;
import java.util.Objects;

/**
 * A rate times a factor, both over the steps.
 *
 * @param rate what is scaled
 * @param factor what it is scaled by
 */
public record ScaledRate(Schedule rate, Schedule factor) implements Schedule {

  /** Checks that both are there. */
  public ScaledRate {
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(factor, "factor");
  }

  @Override
  public double at(long step) {
    return rate.at(step) * factor.at(step);
  }
}
