package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * RMSProp (Hinton, Neural Networks for Machine Learning, lecture 6, 2012), as in Keras: {@code v ←
 * rho · v + (1 − rho) · g²; w ← w − rate · g / √(v + epsilon)}.
 *
 * <p>Centered, the mean gradient's square is subtracted under the root: {@code a ← rho · a + (1 −
 * rho) · g} and {@code √(v − a² + epsilon)} (Graves, 2013, arXiv:1308.0850). With momentum, {@code
 * b ← momentum · b + rate · g / √…; w ← w − b}.
 *
 * @param rate the learning rate
 * @param rho how much of the mean square stays, in [0, 1); 0.9 unless set
 * @param momentum in [0, 1); 0 keeps no slot for it
 * @param epsilon added under the root, above 0; 1e-7 unless set
 * @param subtractMean whether it is centered
 */
public record RmsProp(
    Schedule rate, double rho, double momentum, double epsilon, boolean subtractMean)
    implements Optimizer {

  /** Checks the settings. */
  public RmsProp {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("rho", rho);
    Check.fraction("momentum", momentum);
    Check.aboveZero("epsilon", epsilon);
  }

  /** RMSProp at a constant rate. */
  public static RmsProp rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** RMSProp. */
  public static RmsProp rate(Schedule rate) {
    return new RmsProp(rate, 0.9, 0, 1e-7, false);
  }

  /** The same with another memory. */
  public RmsProp rho(double rho) {
    return new RmsProp(rate, rho, momentum, epsilon, subtractMean);
  }

  /** The same with momentum. */
  public RmsProp momentum(double momentum) {
    return new RmsProp(rate, rho, momentum, epsilon, subtractMean);
  }

  /** The same with another term under the root. */
  public RmsProp epsilon(double epsilon) {
    return new RmsProp(rate, rho, momentum, epsilon, subtractMean);
  }

  /** The same, centered. */
  public RmsProp centered() {
    return new RmsProp(rate, rho, momentum, epsilon, true);
  }

  @Override
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    slots.add(new Slot("mean_square", 0));
    if (subtractMean) {
      slots.add(new Slot("mean", 0));
    }
    if (momentum > 0) {
      slots.add(new Slot("momentum", 0));
    }
    return List.copyOf(slots);
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    List<Value> result = new ArrayList<>();
    Value square = Averages.of(ops, rho, slots.get(0), ops.square(gradient));
    result.add(square);
    Value variance = square;
    if (subtractMean) {
      Value mean = Averages.of(ops, rho, slots.get(1), gradient);
      result.add(mean);
      // in float32 a variance near 0 may come out below it
      variance = ActivationOps.relu(ops, ops.subtract(square, ops.square(mean)));
    }
    Value root = ops.sqrt(ops.shift(variance, epsilon));
    Value move = ops.divide(ops.multiply(gradient, scalars.get(0)), root);
    if (momentum > 0) {
      move = ops.add(ops.scale(slots.get(slots.size() - 1), momentum), move);
      result.add(move);
    }
    result.add(0, ops.subtract(weight, move));
    return result;
  }
}
