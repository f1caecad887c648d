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
  private final ImmutableMap<String, Double> metrics;
  private volatile @Nullable Losses losses;

  /** The report of a step that is done. */
  StepResult(long step, Losses losses) {
    this(step, null, losses, ImmutableMap.of());
  }

  /** The report of a step that may not be done yet. */
  StepResult(long step, Supplier<Losses> coming) {
    this(step, coming, null, ImmutableMap.of());
  }

  private StepResult(
      long step,
      @Nullable Supplier<Losses> coming,
      @Nullable Losses losses,
      ImmutableMap<String, Double> metrics) {
    this.step = step;
    this.coming = coming;
    this.losses = losses;
    this.metrics = metrics;
  }

  /** The same with the metrics of its batch. */
  StepResult with(ImmutableMap<String, Double> ofBatch) {
    return ofBatch.isEmpty() ? this : new StepResult(step, coming, losses, ofBatch);
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

  /**
   * The metrics of the recipe over this batch alone, named as in a {@link History}: of {@link
   * Trainer#trainOnBatch}, {@link Trainer#gradients} and {@link Trainer#testOnBatch}. Steps of
   * {@link Trainer#fit fit} have none of their own: theirs are added up over the epoch. With
   * {@linkplain Training#over workers} they are of this worker's batch.
   */
  public ImmutableMap<String, Double> metrics() {
    return metrics;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof StepResult result
        && step == result.step
        && there().equals(result.there())
        && metrics.equals(result.metrics);
  }

  @Override
  public int hashCode() {
    return Objects.hash(step, there(), metrics);
  }

  @Override
  public String toString() {
    return "StepResult[step="
        + step
        + ", loss="
        + loss()
        + ", losses="
        + losses()
        + (metrics.isEmpty() ? "" : ", metrics=" + metrics)
        + "]";
  }
}
