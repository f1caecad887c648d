package dev.tandem.gan.step;

import dev.tandem.core.optimizer.Schedule;

/**
 * A memory for steps of which there are more: {@code memory(c · step)^c}, c below 1.
 *
 * @param memory over the steps that there would be
 * @param share how many of those there are for one that there is
 */
record LazyMemory(Schedule memory, double share) implements Schedule {

  @Override
  public double at(long step) {
    return Math.pow(memory.at((long) (share * step)), share);
  }
}
