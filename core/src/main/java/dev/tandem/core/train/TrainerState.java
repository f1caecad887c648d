package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Variable;

/**
 * What a trainer remembers besides the weights: the number of its steps and the optimizer's slots.
 * With it and the weights a trainer goes on exactly.
 */
public final class TrainerState {

  private final Trainer trainer;

  TrainerState(Trainer trainer) {
    this.trainer = trainer;
  }

  /** The number of updates so far. */
  public long steps() {
    return trainer.steps();
  }

  /** The seed of its random layers. */
  public long seed() {
    return trainer.recipe().seed();
  }

  /** The optimizer's slots by the path of the weight and the slot's name: {@code d/kernel#m}. */
  public ImmutableMap<String, Variable> slots() {
    ImmutableMap.Builder<String, Variable> slots = ImmutableMap.builder();
    for (Moved moved : trainer.moved()) {
      moved.slots().forEach(slot -> slots.put(slot.name(), slot));
    }
    return slots.buildOrThrow();
  }

  /** Goes on from a number of steps; the slots are set through their variables. */
  public void restoreSteps(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("number of steps is not at least 0: " + steps);
    }
    trainer.restore(steps);
  }
}
