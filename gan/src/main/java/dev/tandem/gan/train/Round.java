package dev.tandem.gan.train;

import java.util.function.DoubleSupplier;

/**
 * The report of a round: losses of the last step of each kind in it. Where steps are made by a
 * card, losses come when they are asked for: that waits for the round, and whoever asks for none
 * waits for nothing.
 */
public final class Round {

  private final long number;
  private final DoubleSupplier discriminatorLoss;
  private final DoubleSupplier generatorLoss;

  /** The report of a round that is done. */
  public Round(long number, double discriminatorLoss, double generatorLoss) {
    this(number, () -> discriminatorLoss, () -> generatorLoss);
  }

  /** The report of a round that may not be done yet. */
  Round(long number, DoubleSupplier discriminatorLoss, DoubleSupplier generatorLoss) {
    this.number = number;
    this.discriminatorLoss = discriminatorLoss;
    this.generatorLoss = generatorLoss;
  }

  /** Its number, counted from 1. */
  public long number() {
    return number;
  }

  /**
   * The discriminator's loss; NaN if it had no step.
   *
   * @throws dev.tandem.core.train.NonFiniteException if a step of the round was asked for and
   *     failed, or one before it did
   */
  public double discriminatorLoss() {
    return discriminatorLoss.getAsDouble();
  }

  /**
   * The generator's loss; NaN if it had no step.
   *
   * @throws dev.tandem.core.train.NonFiniteException if a step of the round was asked for and
   *     failed, or one before it did
   */
  public double generatorLoss() {
    return generatorLoss.getAsDouble();
  }

  /** As in {@code round 3: losses 0.69 and 0.71}; waits for them. */
  @Override
  public String toString() {
    return "round " + number + ": losses " + discriminatorLoss() + " and " + generatorLoss();
  }
}
