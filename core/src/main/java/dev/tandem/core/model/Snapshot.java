package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.print.Summary;

/**
 * The decisions made when a model was compiled; later changes of flags do not reach it, nor does
 * anything else that a selection looks at.
 *
 * @param model the compiled model
 * @param flags as they were
 * @param selection of the recipe, for compiling again: what it decided is in the next two
 * @param moved the parameters that move, by first appearance
 * @param selectedState the state that the selection accepted: a step moves it by those calls that
 *     the flags leave unfrozen
 * @param inference the layers whose calls run as in inference in steps too
 */
public record Snapshot(
    Model model,
    Flags flags,
    Selection selection,
    ImmutableList<Weight> moved,
    ImmutableSet<Weight> selectedState,
    ImmutableSet<Layer> inference) {

  /**
   * The snapshot of this moment.
   *
   * @throws IllegalArgumentException if the selection is of parts that are not in the model
   * @throws IllegalStateException if a layer hides one that it wraps
   */
  public static Snapshot of(Model model, Selection selection) {
    return of(model, selection, InferenceParts.NONE);
  }

  /**
   * The snapshot of this moment, with parts that run as in inference.
   *
   * @throws IllegalArgumentException if the selection or the parts are not of the model
   * @throws IllegalStateException if a layer hides one that it wraps
   */
  public static Snapshot of(Model model, Selection selection, InferenceParts parts) {
    selection.requirePartsOf(model);
    parts.requireIn(model);
    return of(model, selection, parts.layers());
  }

  private static Snapshot of(Model model, Selection selection, ImmutableSet<Layer> inference) {
    Flags flags = Flags.of(model);
    ImmutableSet<Weight> state =
        model.weights().stream()
            .filter(weight -> !weight.isParameter())
            .filter(selection::accepts)
            .collect(ImmutableSet.toImmutableSet());
    return new Snapshot(
        model, flags, selection, Trainability.moved(model, flags, selection), state, inference);
  }

  /** The state that a step can move, if its layers do. */
  public ImmutableSet<Weight> movedState() {
    return Trainability.movedState(model, flags, selectedState, inference);
  }

  /**
   * Whether flags have changed since in a way that a new compilation would notice: another set of
   * parameters would move, or a call of a layer with state would treat that otherwise. Flags of
   * what the selection leaves out do not count, but for layers with state, which may compute
   * something else when they are frozen, as {@link dev.tandem.core.layer.BatchNormalization} does.
   */
  public boolean isStale() {
    if (flags.equals(Flags.of(model))) {
      return false;
    }
    Snapshot now = of(model, selection, inference);
    return !now.moved.equals(moved)
        || !now.selectedState.equals(selectedState)
        || !StateGates.of(model, now.flags, selectedState)
            .equals(StateGates.of(model, flags, selectedState));
  }

  /** A table of the model and what moves in it by this snapshot. */
  public Summary summary() {
    return summary(false);
  }

  /**
   * The same.
   *
   * @param nested whether nested models are opened: their parts stand behind them, as {@code
   *     trunk/dense}
   */
  public Summary summary(boolean nested) {
    return Summaries.of(this, nested);
  }
}
