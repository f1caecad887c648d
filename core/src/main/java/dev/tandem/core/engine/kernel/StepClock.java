package dev.tandem.core.engine.kernel;

/** The seed and the step of the run in progress. */
public final class StepClock {

  private long seed;
  private long step;

  /** Sets both, before a run. */
  public void set(long seed, long step) {
    this.seed = seed;
    this.step = step;
  }

  /** The seed of the run. */
  public long seed() {
    return seed;
  }

  /** The step of the run. */
  public long step() {
    return step;
  }
}
