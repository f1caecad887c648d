package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Optimizer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state of a trainer besides the weights: the number of its steps and the optimizer's slots.
 * With it and the weights a trainer goes on exactly. Whoever asks for it waits for all steps that
 * were asked for, and gets the error if one of them failed.
 */
public final class TrainerState {

  private final Trainer trainer;

  TrainerState(Trainer trainer) {
    this.trainer = trainer;
  }

  /** The number of updates so far. */
  public long steps() {
    trainer.ahead().settle();
    return trainer.steps();
  }

  /** The seed of everything random in it. */
  public long seed() {
    return trainer.seed();
  }

  /** Whether the recipe states the seed; otherwise the trainer drew it. */
  public boolean isSeedStated() {
    return trainer.recipe().seed().isPresent();
  }

  /**
   * Goes on with the seed of another run.
   *
   * @throws IllegalStateException if the recipe states another one
   */
  public void restoreSeed(long seed) {
    if (isSeedStated() && seed != seed()) {
      throw new IllegalStateException(
          "the recipe states seed " + seed() + " and not " + seed + "; compile with that one");
    }
    trainer.reseed(seed);
  }

  /** The recipe's optimizer, whose slots these are, but for groups that have their own. */
  public Optimizer optimizer() {
    return trainer.recipe().optimizer();
  }

  /** Whether no gradients wait for their update: there is no more to remember than what is here. */
  public boolean isBetweenSteps() {
    trainer.ahead().settle();
    return trainer.stepper().isBetweenSteps();
  }

  /**
   * Refuses a look between two means of weights of {@linkplain Training#over workers}, where each
   * has its own.
   *
   * @throws IllegalStateException if it is one
   */
  public void requireTogether() {
    trainer.stepper().requireTogether();
  }

  /**
   * The optimizer's slots by the path of the weight in the model and the slot's name: {@code
   * d/kernel#m}.
   */
  public ImmutableMap<String, Variable> slots() {
    ImmutableMap.Builder<String, Variable> slots = ImmutableMap.builder();
    for (TrainedWeight moved : trainer.moved()) {
      List<Optimizer.Slot> names = trainer.rules().of(moved.weight()).optimizer().slots();
      for (int i = 0; i < names.size(); i++) {
        slots.put(moved.path() + "#" + names.get(i).name(), moved.slots().get(i));
      }
    }
    return slots.buildOrThrow();
  }

  /** The paths of the weights that have slots, in the model. */
  public ImmutableSet<String> paths() {
    return trainer.moved().stream()
        .filter(moved -> !moved.slots().isEmpty())
        .map(TrainedWeight::path)
        .collect(ImmutableSet.toImmutableSet());
  }

  /** Gives slots their first values again, by the paths of their weights. */
  public void restart(Set<String> paths) {
    trainer.ahead().settle();
    for (TrainedWeight moved : trainer.moved()) {
      if (paths.contains(moved.path())) {
        List<Optimizer.Slot> slots = trainer.rules().of(moved.weight()).optimizer().slots();
        for (int i = 0; i < slots.size(); i++) {
          moved.slots().get(i).write().assign(slots.get(i).initial());
        }
      }
    }
  }

  /** What the schedules of rates are multiplied by: {@link Trainer#rateFactor()}. */
  public double rateFactor() {
    return trainer.rateFactor();
  }

  /** Goes on with another factor of the rates, at least 0. */
  public void restoreRateFactor(double factor) {
    trainer.rateFactor(factor);
  }

  /**
   * The number of updates that slots have seen, by the path of the weight in the model: of those
   * weights alone that were selected by compiling again, and so have seen fewer than {@link
   * #steps()}.
   */
  public ImmutableMap<String, Long> counts() {
    return trainer.stepper().ages().counts(steps());
  }

  /**
   * Goes on from a number of steps, all of which the slots have seen; these are set through their
   * variables. Gradients at hand are forgotten.
   */
  public void restoreSteps(long steps) {
    restore(steps, ImmutableMap.of());
  }

  /**
   * Goes on from a number of steps; the slots are set through their variables. Gradients at hand
   * are forgotten.
   *
   * @param counts of updates by the path of the weight, where slots have seen fewer, as of {@link
   *     #counts()}
   * @throws IllegalArgumentException if a number is negative, a count is above the number of steps,
   *     or the trainer moves no weight of that path; nothing is changed
   */
  public void restore(long steps, Map<String, Long> counts) {
    if (steps < 0) {
      throw new IllegalArgumentException("number of steps is not at least 0: " + steps);
    }
    trainer.stepper().restore(steps, counts);
  }
}
