package dev.tandem.gan.step;

import dev.tandem.core.optimizer.Schedule;

/**
 * A rate for steps of which there are more: {@code c · rate(c · step)}, c below 1.
 *
 * @param rate over the steps that there would be
 * @param share how many of those there are for one that there is
 */
record LazyRate(Schedule rate, double share) implements Schedule {

  @Override
  public double at(long step) {
    return share * rate.at((long) (share * step));
  }
}
