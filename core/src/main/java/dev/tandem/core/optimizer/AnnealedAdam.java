package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * {@link Adam} whose memory of squared gradients follows a schedule: {@code v ← b · v + (1 − b) ·
 * g²} with {@code b = beta2.at(t − 1)} in step t. Its correction is that of a constant, {@code √(1
 * − b^t)}, as where frameworks let a setting of Adam be changed between steps; so it is a function
 * of the step alone. R3GAN anneals beta2 like this (Huang et al., 2025, arXiv:2501.05441).
 *
 * @param rate the learning rate
 * @param beta1 how much of the mean gradient stays, in [0, 1)
 * @param beta2 how much of the mean squared gradient stays, in [0, 1) at every step
 * @param epsilon added to the root, above 0
 */
public record AnnealedAdam(Schedule rate, double beta1, Schedule beta2, double epsilon)
    implements Optimizer {

  /** Checks the settings. */
  public AnnealedAdam {
    Objects.requireNonNull(rate, "rate");
    Objects.requireNonNull(beta2, "beta2");
    Check.fraction("beta1", beta1);
    Check.fraction("beta2 of the first step", beta2.at(0));
    Check.aboveZero("epsilon", epsilon);
  }

  /** The same with another memory of gradients. */
  public AnnealedAdam beta1(double beta1) {
    return new AnnealedAdam(rate, beta1, beta2, epsilon);
  }

  /** The same with another term beside the root. */
  public AnnealedAdam epsilon(double epsilon) {
    return new AnnealedAdam(rate, beta1, beta2, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("m", 0), new Slot("v", 0));
  }

  @Override
  public List<String> scalarNames() {
    return List.of("alpha", "stays", "comes");
  }

  /**
   * The rate with both corrections, and how v is mixed.
   *
   * @throws IllegalStateException if the schedule leaves [0, 1)
   */
  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    double stays = beta2.at(step - 1);
    if (!(stays >= 0 && stays < 1)) {
      throw new IllegalStateException(
          "beta2 of " + this + " is not in [0, 1) in step " + step + ": " + stays);
    }
    into[0] = rate * Math.sqrt(Averages.filled(stays, count)) / Averages.filled(beta1, count);
    into[1] = stays;
    into[2] = 1 - stays;
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value m = Averages.of(ops, beta1, slots.get(0), gradient);
    Value stays = ops.multiply(slots.get(1), scalars.get(1));
    Value v = ops.add(stays, ops.multiply(ops.square(gradient), scalars.get(2)));
    Value root = ops.shift(ops.sqrt(v), epsilon);
    Value move = ops.divide(ops.multiply(m, scalars.get(0)), root);
    return List.of(ops.subtract(weight, move), m, v);
  }
}
