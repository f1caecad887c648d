package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * Adam with Nesterov's momentum (Dozat, ICLR 2016 workshop), with the momentum schedule of Keras:
 * {@code u_t = beta1 · (1 − 0.96^t / 2)} and {@code U_t = u_1 · … · u_t}. With {@link Adam}'s m and
 * v, {@code w ← w − rate · (u_{t+1} / (1 − U_{t+1}) · m + (1 − u_t) / (1 − U_t) · g) / (√(v / (1 −
 * beta2^t)) + epsilon)}.
 *
 * @param rate the learning rate
 * @param beta1 how much of the mean gradient stays, in [0, 1); 0.9 unless set
 * @param beta2 how much of the mean squared gradient stays, in [0, 1); 0.999 unless set
 * @param epsilon added to the root, above 0; 1e-7 unless set
 */
public record Nadam(Schedule rate, double beta1, double beta2, double epsilon)
    implements Optimizer {

  private static final double WARMING = 0.96;

  /** A product below this is nothing beside 1. */
  private static final double NOTHING = 1e-18;

  /** Checks the settings. */
  public Nadam {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("beta1", beta1);
    Check.fraction("beta2", beta2);
    Check.aboveZero("epsilon", epsilon);
  }

  /** Nadam at a constant rate. */
  public static Nadam rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** Nadam. */
  public static Nadam rate(Schedule rate) {
    return new Nadam(rate, 0.9, 0.999, 1e-7);
  }

  /** The same with another memory of gradients. */
  public Nadam beta1(double beta1) {
    return new Nadam(rate, beta1, beta2, epsilon);
  }

  /** The same with another memory of squared gradients. */
  public Nadam beta2(double beta2) {
    return new Nadam(rate, beta1, beta2, epsilon);
  }

  /** The same with another term beside the root. */
  public Nadam epsilon(double epsilon) {
    return new Nadam(rate, beta1, beta2, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("m", 0), new Slot("v", 0));
  }

  @Override
  public List<String> scalarNames() {
    return List.of("of_mean", "of_gradient", "epsilon");
  }

  /** Multiplies rate and epsilon with √(1 − beta2^t), so that the update need not divide v. */
  @Override
  public void scalars(long step, long count, double rate, double[] into) {
    double now = momentum(count);
    double next = momentum(count + 1);
    double product = product(count);
    double correction = Math.sqrt(Averages.filled(beta2, count));
    into[0] = rate * correction * next / (1 - product * next);
    into[1] = rate * correction * (1 - now) / (1 - product);
    into[2] = epsilon * correction;
  }

  private double momentum(long step) {
    return beta1 * (1 - 0.5 * Math.pow(WARMING, step));
  }

  private double product(long steps) {
    double product = 1;
    double warming = 1;
    for (long t = 1; t <= steps && product > NOTHING; t++) {
      warming *= WARMING;
      product *= beta1 * (1 - 0.5 * warming);
    }
    return product;
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value m = Averages.of(ops, beta1, slots.get(0), gradient);
    Value v = Averages.of(ops, beta2, slots.get(1), ops.square(gradient));
    Value ahead = ops.add(ops.multiply(m, scalars.get(0)), ops.multiply(gradient, scalars.get(1)));
    Value move = ops.divide(ahead, ops.add(ops.sqrt(v), scalars.get(2)));
    return List.of(ops.subtract(weight, move), m, v);
  }
}
