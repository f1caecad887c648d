package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Optimizer;
import java.util.List;

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

  /** The optimizer, whose slots these are. */
  public Optimizer optimizer() {
    return trainer.recipe().optimizer();
  }

  /** Whether no gradients wait for their update: there is no more to remember than what is here. */
  public boolean isBetweenSteps() {
    return trainer.stepper().isBetweenSteps();
  }

  /**
   * The optimizer's slots by the path of the weight in the model and the slot's name: {@code
   * d/kernel#m}.
   */
  public ImmutableMap<String, Variable> slots() {
    List<Optimizer.Slot> names = optimizer().slots();
    ImmutableMap.Builder<String, Variable> slots = ImmutableMap.builder();
    for (Moved moved : trainer.moved()) {
      for (int i = 0; i < names.size(); i++) {
        slots.put(moved.path() + "#" + names.get(i).name(), moved.slots().get(i));
      }
    }
    return slots.buildOrThrow();
  }

  /**
   * Goes on from a number of steps; the slots are set through their variables. Gradients at hand
   * are forgotten.
   */
  public void restoreSteps(long steps) {
    if (steps < 0) {
      throw new IllegalArgumentException("number of steps is not at least 0: " + steps);
    }
    trainer.stepper().restore(steps);
  }
}
