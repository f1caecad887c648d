package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.SumOfSquares;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The results that the first half of a step leaves for the second: gradients and next values of
 * state, looked at before anything is made of them.
 */
final class Leftovers implements AutoCloseable {

  /** A sum of squares from which on float32 may overflow where it is taken again. */
  static final double LARGE = 1e37;

  private final boolean looked = FiniteChecks.ofGradients();
  private final Engine engine;
  private final List<TrainedWeight> moved;
  private final Map<Weight, Variable> pending;

  /** What is summed, by the state whose next values are among it: few, and one at a time. */
  private final Map<ImmutableSet<Weight>, SumOfSquares> sums = new HashMap<>();

  private @Nullable ImmutableSet<Weight> last;
  private @Nullable SumOfSquares ofLast;
  private boolean large;

  /**
   * What there is to look at.
   *
   * @param engine whose programs write it
   * @param pending where next values of state are left: a live map, which only grows
   */
  Leftovers(Engine engine, List<TrainedWeight> moved, Map<Weight, Variable> pending) {
    this.engine = engine;
    this.moved = moved;
    this.pending = pending;
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
    large = !(sum(written).now() < LARGE);
    return !large || culprit(written).isEmpty();
  }

  /** Takes over what an engine found that has looked for itself. */
  void found(boolean largeOrNot) {
    large = largeOrNot;
  }

  /** Whether numbers were so large at the last look that their squares may overflow. */
  boolean areLarge() {
    return large;
  }

  @SuppressWarnings("ReferenceEquality") // the same one comes again and again
  private SumOfSquares sum(ImmutableSet<Weight> written) {
    SumOfSquares sum = ofLast;
    if (sum == null || last != written) {
      sum = sums.computeIfAbsent(written, this::begin);
      last = written;
      ofLast = sum;
    }
    return sum;
  }

  private SumOfSquares begin(ImmutableSet<Weight> written) {
    List<Variable> all = new ArrayList<>();
    moved.forEach(one -> all.add(one.gradient()));
    written.forEach(weight -> all.add(next(weight)));
    return engine.squares(all);
  }

  private Variable next(Weight state) {
    return Objects.requireNonNull(pending.get(state));
  }

  /**
   * As in {@code the gradient of "h/kernel" holds NaN at (0, 1) of (2, 3)}; empty if all is well.
   */
  Optional<String> culprit(ImmutableSet<Weight> written) {
    for (TrainedWeight one : moved) {
      Optional<String> place = NonFinite.placeIn(one.gradient().read());
      if (place.isPresent()) {
        return place.map(found -> "the gradient of \"" + one.path() + "\" holds " + found);
      }
    }
    for (Weight state : written) {
      Optional<String> place = NonFinite.placeIn(next(state).read());
      if (place.isPresent() && FiniteProbe.isFinite(state.variable().read())) {
        return place.map(
            found -> "the next value of the state \"" + state.path() + "\" holds " + found);
      }
    }
    return Optional.empty();
  }

  /** Lets go of what it looks at. */
  @Override
  public void close() {
    sums.values().forEach(SumOfSquares::close);
    sums.clear();
    ofLast = null;
  }
}
