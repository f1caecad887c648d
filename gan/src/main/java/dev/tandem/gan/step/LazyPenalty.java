package dev.tandem.gan.step;

import dev.tandem.core.op.Variable;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import java.util.Map;
import java.util.Objects;

/**
 * A step of penalties that goes on with the optimizer state of the discriminator's own step, and
 * leaves it there: to the optimizer both are steps of one series.
 */
public final class LazyPenalty implements AutoCloseable {

  private final Trainer penalty;
  private final Trainer owner;

  /**
   * A step.
   *
   * @param penalty computes the penalties
   * @param owner has the optimizer state; it moves the same weights
   * @throws IllegalArgumentException if it does not
   */
  public LazyPenalty(Trainer penalty, Trainer owner) {
    if (!penalty.state().slots().keySet().equals(owner.state().slots().keySet())) {
      throw new IllegalArgumentException(
          penalty.model()
              + " moves "
              + penalty.moves()
              + ", and "
              + owner.model()
              + " moves "
              + owner.moves()
              + "; a lazy penalty moves the same weights with the same optimizer");
    }
    this.penalty = penalty;
    this.owner = owner;
  }

  /** One step; the result's loss is the sum of the penalties, times their interval. */
  public StepResult trainOnBatch(Examples examples) {
    hand(owner, penalty);
    StepResult result = penalty.trainOnBatch(examples);
    hand(penalty, owner);
    return result;
  }

  private static void hand(Trainer from, Trainer to) {
    Map<String, Variable> slots = to.state().slots();
    from.state()
        .slots()
        .forEach((name, slot) -> Objects.requireNonNull(slots.get(name)).set(slot.read()));
    to.state().restore(from.steps(), from.state().counts());
  }

  /** The trainer that computes the penalties. */
  public Trainer trainer() {
    return penalty;
  }

  @Override
  public void close() {
    penalty.close();
  }
}
