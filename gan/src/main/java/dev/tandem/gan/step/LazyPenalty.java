package dev.tandem.gan.step;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import java.util.List;

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
    penalty.stepWith(owner);
  }

  /**
   * One step on a batch, or on several whose gradients are accumulated.
   *
   * @return the report of each batch, or with workers that of the last one of all of them; a loss
   *     is the sum of the penalties, times their interval
   */
  public ImmutableList<StepResult> trainOnBatches(List<Examples> batches) {
    penalty.takeOver(owner);
    ImmutableList.Builder<StepResult> results = ImmutableList.builder();
    for (Examples batch : batches.subList(0, batches.size() - 1)) {
      results.add(penalty.gradients(batch));
    }
    results.add(penalty.trainOnBatch(batches.get(batches.size() - 1)));
    owner.takeOver(penalty);
    return results.build();
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
