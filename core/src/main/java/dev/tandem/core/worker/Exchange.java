package dev.tandem.core.worker;

/**
 * The way in which workers keep together: the gradients of every step, or the mean of their weights
 * once in a while.
 *
 * <p>Gradients make the step that one process would make of all batches. Means of weights ask for
 * less of what connects the workers, and each goes on by itself in between: it is another training,
 * with weights, state and optimizer state of its own on each worker until the next mean.
 */
public final class Exchange {

  /** The most steps or rounds from one mean to the next. */
  public static final int MOST = 100;

  private static final Exchange EVERY_STEP = new Exchange(0);
  private static final Exchange BY_CALLER = new Exchange(-1);

  private final int every;

  private Exchange(int every) {
    this.every = every;
  }

  /** The mean of gradients, next states and losses in every step. */
  public static Exchange everyStep() {
    return EVERY_STEP;
  }

  /**
   * The mean of weights, state and optimizer state after every so many steps of a trainer, or
   * rounds of an adversarial one.
   *
   * @param every in [1, {@value #MOST}]
   * @throws IllegalArgumentException if it is not
   */
  public static Exchange averaging(int every) {
    if (every < 1 || every > MOST) {
      throw new IllegalArgumentException(
          "means of weights are taken after 1 to "
              + MOST
              + " steps or rounds, not "
              + every
              + ": what workers have learned apart is lost in the mean where they drift further");
    }
    return new Exchange(every);
  }

  /**
   * Nothing by itself: whoever compiles the trainers takes means of all that they hold, as an
   * adversarial trainer does.
   */
  public static Exchange byCaller() {
    return BY_CALLER;
  }

  /** Whether gradients are exchanged in every step. */
  public boolean isEveryStep() {
    return every == 0;
  }

  /** Whether means of weights are taken. */
  public boolean isAveraging() {
    return every > 0;
  }

  /**
   * Whether all workers hold the same after so many steps or rounds.
   *
   * @param done how many, from the start of the run
   */
  public boolean isTogetherAfter(long done) {
    return every == 0 || every > 0 && done % every == 0;
  }

  /** The steps or rounds from one mean to the next: 1 if gradients are exchanged. */
  public int every() {
    return Math.max(1, every);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Exchange exchange && exchange.every == every;
  }

  @Override
  public int hashCode() {
    return Integer.hashCode(every);
  }

  /** As in {@code gradients in every step} and {@code weights, every 50}. */
  @Override
  public String toString() {
    return every == 0 ? "gradients in every step" : every < 0 ? "none" : "weights, every " + every;
  }
}
