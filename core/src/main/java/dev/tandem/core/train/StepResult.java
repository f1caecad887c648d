package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The report of a step. Where steps are made by a card, its losses come when they are asked for:
 * that waits for the step, and whoever asks for none waits for nothing.
 */
public final class StepResult {

  /**
   * The losses of a step.
   *
   * @param total weighted losses and penalties
   * @param each the loss of each output, unweighted
   */
  record Losses(double total, ImmutableMap<String, Double> each) {}

  private final long step;
  private final @Nullable Supplier<Losses> coming;
  private volatile @Nullable Losses losses;

  /** The report of a step that is done. */
  StepResult(long step, Losses losses) {
    this.step = step;
    this.coming = null;
    this.losses = losses;
  }

  /** The report of a step that may not be done yet. */
  StepResult(long step, Supplier<Losses> coming) {
    this.step = step;
    this.coming = coming;
  }

  /** Whether reading it waits for nothing. */
  boolean isThere() {
    return losses != null;
  }

  private Losses there() {
    Losses known = losses;
    if (known == null) {
      known = Objects.requireNonNull(coming).get();
      losses = known;
    }
    return known;
  }

  /** Its number, counted from 1; 0 if nothing was trained. */
  public long step() {
    return step;
  }

  /**
   * The total: weighted losses and penalties.
   *
   * @throws NonFiniteException if the step was asked for and failed, or one before it did
   */
  public double loss() {
    return there().total();
  }

  /**
   * The loss of each output, unweighted.
   *
   * @throws NonFiniteException if the step was asked for and failed, or one before it did
   */
  public ImmutableMap<String, Double> losses() {
    return there().each();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StepResult result
        && step == result.step
        && there().equals(result.there());
  }

  @Override
  public int hashCode() {
    return Objects.hash(step, there());
  }

  @Override
  public String toString() {
    return "StepResult[step=" + step + ", loss=" + loss() + ", losses=" + losses() + "]";
  }
}
