package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * Adam with the infinity norm (Kingma, Ba, ICLR 2015, arXiv:1412.6980, section 7.1), as in Keras:
 * {@code m ← beta1 · m + (1 − beta1) · g; u ← max(beta2 · u, |g|); w ← w − rate / (1 − beta1^t) · m
 * / (u + epsilon)}.
 *
 * @param rate the learning rate
 * @param beta1 how much of the mean gradient stays, in [0, 1); 0.9 unless set
 * @param beta2 how much of the largest gradient stays, in [0, 1); 0.999 unless set
 * @param epsilon added to the divisor, above 0; 1e-7 unless set
 */
public record Adamax(Schedule rate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /** Checks the settings. */
  public Adamax {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
    Check.aboveZero("epsilon", epsilon);
  }

  /** Adamax at a constant rate. */
  public static Adamax rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** Adamax. */
  public static Adamax rate(Schedule rate) {
    return new Adamax(rate, 0.9, 0.999, 1e-7);
  }

  /** The same with another memory of gradients. */
  public Adamax beta1(double beta1) {
    return new Adamax(rate, beta1, beta2, epsilon);
  }

  /** The same with another memory of the largest gradient. */
  public Adamax beta2(double beta2) {
    return new Adamax(rate, beta1, beta2, epsilon);
  }

  /** The same with another term in the divisor. */
  public Adamax epsilon(double epsilon) {
    return new Adamax(rate, beta1, beta2, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("m", 0), new Slot("u", 0));
  }

  @Override
  public List<String> scalarNames() {
    return List.of("alpha");
  }

  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    into[0] = rate / Averages.filled(beta1, count);
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value m = Averages.of(ops, beta1, slots.get(0), gradient);
    Value u = ops.maximum(ops.scale(slots.get(1), beta2), ops.abs(gradient));
    Value move = ops.divide(ops.multiply(m, scalars.get(0)), ops.shift(u, epsilon));
    return List.of(ops.subtract(weight, move), m, u);
  }
}
