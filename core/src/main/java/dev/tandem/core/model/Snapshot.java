package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Weight;

/**
 * What was decided when a model was compiled; later changes of flags do not reach it.
 *
 * @param model the compiled model
 * @param flags as they were
 * @param selection of the recipe
 * @param moved the weights that move, by first appearance
 */
public record Snapshot(Model model, Flags flags, Selection selection, ImmutableList<Weight> moved) {

  /**
   * The snapshot of this moment.
   *
   * @throws IllegalArgumentException if the selection is of parts that are not in the model
   */
  public static Snapshot of(Model model, Selection selection) {
    selection.requirePartsOf(model);
    Flags flags = Flags.of(model);
    return new Snapshot(model, flags, selection, Trainability.moved(model, flags, selection));
  }

  /** Whether flags have changed since in a way that a new compilation would notice. */
  public boolean isStale() {
    return !flags.equals(Flags.of(model));
  }

  /** A table of the model and what moves in it by this snapshot. */
  public Summary summary() {
    return Summaries.of(this);
  }
}
