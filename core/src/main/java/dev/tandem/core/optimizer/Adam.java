package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.op.update.UpdateOps;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * Adam (Kingma, Ba, ICLR 2015, arXiv:1412.6980) in the order of the end of its section 2, as in
 * Keras: {@code m ← beta1 · m + (1 − beta1) · g; v ← beta2 · v + (1 − beta2) · g²; w ← w − alpha ·
 * m / (√v + epsilon)} with {@code alpha = rate · √(1 − beta2^t) / (1 − beta1^t)}.
 *
 * <p>AMSGrad (Reddi, Kale, Kumar, ICLR 2018, arXiv:1904.09237) divides by the root of the largest v
 * so far instead.
 *
 * @param rate the learning rate
 * @param beta1 how much of the mean gradient stays, in [0, 1); 0.9 unless set
 * @param beta2 how much of the mean squared gradient stays, in [0, 1); 0.999 unless set
 * @param epsilon added to the root, above 0; 1e-7 unless set
 * @param keepLargest whether the largest v so far counts
 */
public record Adam(Schedule rate, double beta1, double beta2, double epsilon, boolean keepLargest)
    implements Optimizer {

  /** Checks the settings. */
  public Adam {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
    Check.aboveZero("epsilon", epsilon);
  }

  /** Adam at a constant rate. */
  public static Adam rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** Adam. */
  public static Adam rate(Schedule rate) {
    return new Adam(rate, 0.9, 0.999, 1e-7, false);
  }

  /** The same with another memory of gradients. */
  public Adam beta1(double beta1) {
    return new Adam(rate, beta1, beta2, epsilon, keepLargest);
  }

  /** The same with another memory of squared gradients. */
  public Adam beta2(double beta2) {
    return new Adam(rate, beta1, beta2, epsilon, keepLargest);
  }

  /**
   * The same with a memory of squared gradients that changes over the steps.
   *
   * @throws IllegalStateException if it keeps the largest v, for which this is not known
   */
  public AnnealedAdam beta2(Schedule beta2) {
    if (keepLargest) {
      throw new IllegalStateException("AMSGrad takes no schedule of beta2; take a number, or Adam");
    }
    return new AnnealedAdam(rate, beta1, beta2, epsilon);
  }

  /** The same with another term beside the root. */
  public Adam epsilon(double epsilon) {
    return new Adam(rate, beta1, beta2, epsilon, keepLargest);
  }

  /** The same as AMSGrad. */
  public Adam amsgrad() {
    return new Adam(rate, beta1, beta2, epsilon, true);
  }

  @Override
  public List<Slot> slots() {
    Slot m = new Slot("m", 0);
    Slot v = new Slot("v", 0);
    return keepLargest ? List.of(m, v, new Slot("largest", 0)) : List.of(m, v);
  }

  @Override
  public List<String> scalarNames() {
    return List.of("alpha");
  }

  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    into[0] = rate * Math.sqrt(Averages.filled(beta2, count)) / Averages.filled(beta1, count);
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value alpha = scalars.get(0);
    if (!keepLargest) {
      AdamUpdate update = new AdamUpdate(beta1, beta2, epsilon);
      return UpdateOps.adam(ops, update, weight, gradient, slots.get(0), slots.get(1), alpha);
    }
    Value m = Averages.of(ops, beta1, slots.get(0), gradient);
    Value v = Averages.of(ops, beta2, slots.get(1), ops.square(gradient));
    Value largest = ops.maximum(slots.get(2), v);
    Value root = ops.shift(ops.sqrt(largest), epsilon);
    Value move = ops.divide(ops.multiply(m, alpha), root);
    return List.of(ops.subtract(weight, move), m, v, largest);
  }
}
