package dev.tandem.core.op;

/**
 * The sum of the squares of all numbers of some variables, where an engine has their values. It
 * tells with one number whether all of them are finite, and is meant to be asked in every step.
 */
public interface SumOfSquares extends AutoCloseable {

  /**
   * The sum of now: not finite if a number is not, or if the sum is too large for the type. Whole
   * numbers count as 0.
   */
  double now();

  /** Gives back what it was made with; the variables stay. */
  @Override
  void close();
}
