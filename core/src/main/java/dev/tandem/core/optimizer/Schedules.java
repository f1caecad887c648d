package dev.tandem.core.optimizer;

import java.util.List;

/** The standard schedules. */
public final class Schedules {

  private Schedules() {}

  /** The same at every step. */
  public static ConstantRate constant(double rate) {
    return new ConstantRate(rate);
  }

  /**
   * One rate up to and including the first boundary, another up to the second, and so on.
   *
   * @param boundaries the last step of each rate but the last one, rising
   * @param rates one more than boundaries
   */
  public static PiecewiseConstant piecewise(List<Long> boundaries, List<Double> rates) {
    return new PiecewiseConstant(boundaries, rates);
  }

  /** The start multiplied with a factor for every so many steps, smoothly. */
  public static ExponentialDecay exponentialDecay(double start, long steps, double factor) {
    return new ExponentialDecay(start, steps, factor, false);
  }

  /** A straight line from the start to the end within so many steps. */
  public static PolynomialDecay linearDecay(double start, long steps, double end) {
    return new PolynomialDecay(start, steps, end, 1);
  }

  /** A power of the straight line from the start to the end within so many steps. */
  public static PolynomialDecay polynomialDecay(
      double start, long steps, double end, double power) {
    return new PolynomialDecay(start, steps, end, power);
  }

  /** Half a cosine wave from the start to 0 within so many steps. */
  public static CosineDecay cosineDecay(double start, long steps) {
    return new CosineDecay(start, steps, 0);
  }

  /** Half a cosine wave from the start to the end within so many steps. */
  public static CosineDecay cosineDecay(double start, long steps, double end) {
    return new CosineDecay(start, steps, end);
  }

  /** Half cosine waves from the start to 0, each twice as long as the one before, as in Keras. */
  public static CosineRestarts cosineRestarts(double start, long steps) {
    return cosineRestarts(start, steps, 0);
  }

  /** Half cosine waves from the start to the end, each twice as long as the one before. */
  public static CosineRestarts cosineRestarts(double start, long steps, double end) {
    return new CosineRestarts(start, steps, end, 2, 1);
  }

  /** A straight line from 0 to where another schedule starts, and then that one. */
  public static WarmUp warmUp(long steps, Schedule then) {
    return new WarmUp(steps, 0, then);
  }
}
