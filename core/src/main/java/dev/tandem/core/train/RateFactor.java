package dev.tandem.core.train;

import dev.tandem.core.optimizer.ConstantRate;
import dev.tandem.core.optimizer.Schedule;

/** What a trainer multiplies the rates of its schedules by: 1, unless somebody sets it. */
final class RateFactor {

  private volatile double factor = 1;

  double get() {
    return factor;
  }

  void set(double next) {
    if (!(next >= 0) || Double.isInfinite(next)) {
      throw new IllegalArgumentException("factor of the rates is not at least 0: " + next);
    }
    factor = next;
  }

  /** The rate of a schedule at a step, counted from 0. */
  double at(Schedule schedule, long step) {
    return schedule.at(step) * factor;
  }

  /**
   * Sets it so that a constant schedule gives a rate, to the last digit where there is such one.
   */
  void setRate(Schedule schedule, double rate) {
    if (!(schedule instanceof ConstantRate constant) || constant.rate() == 0) {
      throw new IllegalStateException(
          "the rate follows "
              + schedule
              + ", so it cannot be set to "
              + rate
              + "; multiply what it says by rateFactor(...), or begin with a constant rate");
    }
    double near = rate / constant.rate();
    double best = near;
    for (double other : new double[] {Math.nextDown(near), Math.nextUp(near)}) {
      if (constant.rate() * best != rate && constant.rate() * other == rate) {
        best = other;
      }
    }
    set(best);
  }
}
