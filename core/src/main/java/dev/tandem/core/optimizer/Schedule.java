package dev.tandem.core.optimizer;

/**
 * A number as a function of the step: a learning rate. Standard ones are in {@link Schedules}; only
 * those can be written to files.
 */
@FunctionalInterface
public interface Schedule {

  /**
   * The number at a step.
   *
   * @param step counted from 0
   */
  double at(long step);
}
