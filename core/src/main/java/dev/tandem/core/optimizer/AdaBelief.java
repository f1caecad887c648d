package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * AdaBelief (Zhuang et al., NeurIPS 2020, arXiv:2010.07468, algorithm 2): {@code m ← beta1 · m + (1
 * − beta1) · g; s ← beta2 · s + (1 − beta2) · (g − m)² + epsilon; w ← w − rate · m / (1 − beta1^t)
 * / (√(s / (1 − beta2^t)) + epsilon)}. Not in Keras; epsilon is that of the authors' code.
 *
 * @param rate the learning rate
 * @param beta1 how much of the mean gradient stays, in [0, 1); 0.9 unless set
 * @param beta2 how much of the mean squared surprise stays, in [0, 1); 0.999 unless set
 * @param epsilon added to s and to the root, above 0; 1e-16 unless set
 */
public record AdaBelief(Schedule rate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /** Checks the settings. */
  public AdaBelief {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
    Check.aboveZero("epsilon", epsilon);
  }

  /** AdaBelief at a constant rate. */
  public static AdaBelief rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** AdaBelief. */
  public static AdaBelief rate(Schedule rate) {
    return new AdaBelief(rate, 0.9, 0.999, 1e-16);
  }

  /** The same with another memory of gradients. */
  public AdaBelief beta1(double beta1) {
    return new AdaBelief(rate, beta1, beta2, epsilon);
  }

  /** The same with another memory of surprises. */
  public AdaBelief beta2(double beta2) {
    return new AdaBelief(rate, beta1, beta2, epsilon);
  }

  /** The same with another term in s and beside the root. */
  public AdaBelief epsilon(double epsilon) {
    return new AdaBelief(rate, beta1, beta2, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("m", 0), new Slot("s", 0));
  }

  @Override
  public List<String> scalarNames() {
    return List.of("alpha", "epsilon");
  }

  /** Multiplies rate and epsilon with √(1 − beta2^t), so that the update need not divide s. */
  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    double correction = Math.sqrt(Averages.filled(beta2, count));
    into[0] = rate * correction / Averages.filled(beta1, count);
    into[1] = epsilon * correction;
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value m = Averages.of(ops, beta1, slots.get(0), gradient);
    Value surprise = ops.square(ops.subtract(gradient, m));
    Value s = ops.shift(Averages.of(ops, beta2, slots.get(1), surprise), epsilon);
    Value root = ops.add(ops.sqrt(s), scalars.get(1));
    Value move = ops.divide(ops.multiply(m, scalars.get(0)), root);
    return List.of(ops.subtract(weight, move), m, s);
  }
}
