package dev.tandem.core.optimizer;

/** The standard schedules. */
public final class Schedules {

  private Schedules() {}

  /** The same at every step. */
  public record Constant(double rate) implements Schedule {
    /** Checks the rate. */
    public Constant {
      if (!(rate >= 0) || Double.isInfinite(rate)) {
        throw new IllegalArgumentException("learning rate is not at least 0: " + rate);
      }
    }

    @Override
    public double at(long step) {
      return rate;
    }
  }

  /** The same at every step. */
  public static Schedule constant(double rate) {
    return new Constant(rate);
  }
}
