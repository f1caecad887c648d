package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results that the first half of a step leaves for the second: gradients and next values of
 * state, looked at before anything is made of them.
 */
final class Leftovers {

  /** A sum of squares from which on float32 may overflow where it is taken again. */
  private static final double LARGE = 1e37;

  private record Gradient(String path, FiniteProbe probe, Variable variable) {}

  /** The next value of a state, and the one of now. */
  private record State(Weight weight, FiniteProbe next, Variable variable, FiniteProbe now) {}

  private final boolean looked = FiniteChecks.ofGradients();
  private final List<Gradient> gradients = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private final Map<Weight, Variable> pending;
  private boolean large;

  /**
   * What there is to look at.
   *
   * @param pending where next values of state are left: a live map, which only grows
   */
  Leftovers(List<TrainedWeight> moved, Map<Weight, Variable> pending) {
    this.pending = pending;
    for (TrainedWeight one : moved) {
      FiniteProbe probe = FiniteProbe.of(one.gradient().array());
      gradients.add(new Gradient(one.path(), probe, one.gradient()));
    }
  }

  /**
   * Whether all is finite; a state that was not before need not be.
   *
   * @param written the state whose next values were computed
   */
  boolean areFinite(ImmutableSet<Weight> written) {
    if (!looked) {
      return true;
    }
    double sum = 0;
    for (int i = 0; i < gradients.size(); i++) {
      sum += gradients.get(i).probe().squares();
    }
    if (states.size() < pending.size()) {
      findStates();
    }
    for (int i = 0; i < states.size(); i++) {
      State state = states.get(i);
      if (written.contains(state.weight())) {
        sum += state.next().squares();
      }
    }
    large = !(sum < LARGE);
    return !large || culprit(written).isEmpty();
  }

  /** Whether numbers were so large at the last look that their squares may overflow. */
  boolean areLarge() {
    return large;
  }

  private void findStates() {
    states.clear();
    pending.forEach(
        (weight, next) ->
            states.add(
                new State(
                    weight,
                    FiniteProbe.of(next.array()),
                    next,
                    FiniteProbe.of(weight.variable().array()))));
  }

  /**
   * As in {@code the gradient of "h/kernel" holds NaN at (0, 1) of (2, 3)}; empty if all is well.
   */
  Optional<String> culprit(ImmutableSet<Weight> written) {
    for (Gradient gradient : gradients) {
      if (!gradient.probe().isFinite()) {
        return NonFinite.placeIn(gradient.variable().read())
            .map(place -> "the gradient of \"" + gradient.path() + "\" holds " + place);
      }
    }
    for (State state : states) {
      if (written.contains(state.weight()) && !state.next().isFinite() && state.now().isFinite()) {
        return NonFinite.placeIn(state.variable().read())
            .map(
                place ->
                    "the next value of the state \"" + state.weight().path() + "\" holds " + place);
      }
    }
    return Optional.empty();
  }
}
