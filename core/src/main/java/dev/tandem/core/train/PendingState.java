package dev.tandem.core.train;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import java.util.Arrays;

/** The state whose next values the first halves of a step have computed, and from what. */
final class PendingState {

  private ImmutableSet<Weight> states = ImmutableSet.of();

  /** The number of changes of each when its next value was computed from it. */
  private long[] changes = {};

  /** The values that the second half of the step commits. */
  ImmutableSet<Weight> states() {
    return states;
  }

  /** Begins a step: nothing is pending. */
  void clear() {
    states = ImmutableSet.of();
  }

  /** Notes what a first half has written. */
  void add(ImmutableSet<Weight> written) {
    int known = states.size();
    if (known == 0) {
      states = written;
    } else if (!states.containsAll(written)) {
      states = ImmutableSet.<Weight>builder().addAll(states).addAll(written).build();
    }
    if (changes.length < states.size()) {
      changes = Arrays.copyOf(changes, states.size());
    }
    int place = 0;
    for (Weight state : states) {
      if (place >= known) {
        changes[place] = state.variable().changes();
      }
      place++;
    }
  }

  /**
   * Looks whether all is as it was.
   *
   * @throws IllegalStateException if state was moved or set in the meantime
   */
  void requireUnmoved(Model model) {
    int place = 0;
    for (Weight state : states) {
      if (changes[place++] != state.variable().changes()) {
        throw new IllegalStateException(
            "the state \""
                + state.path()
                + "\" was moved by another trainer, or set, after the gradients of this step of "
                + model
                + " were computed, and the update would undo that; the gradients are dropped and"
                + " nothing was moved; call gradients(...) again, and update() before others move"
                + " the state that is shared with them");
      }
    }
  }

  /** Tells others that all of it has moved. */
  void announce() {
    for (Weight state : states) {
      state.variable().announceChange();
    }
  }
}
