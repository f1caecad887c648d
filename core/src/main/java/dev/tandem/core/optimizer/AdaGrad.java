package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * AdaGrad (Duchi, Hazan, Singer, JMLR 12, 2011), as in Keras: {@code a ← a + g²; w ← w − rate · g /
 * √(a + epsilon)}.
 *
 * @param rate the learning rate
 * @param initial what a begins with, at least 0; 0.1 unless set
 * @param epsilon added under the root, above 0; 1e-7 unless set
 */
public record AdaGrad(Schedule rate, double initial, double epsilon) implements Optimizer {

  /** Checks the settings. */
  public AdaGrad {
    Objects.requireNonNull(rate, "rate");
    Check.notNegative("initial accumulator", initial);
    Check.aboveZero("epsilon", epsilon);
  }

  /** AdaGrad at a constant rate. */
  public static AdaGrad rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** AdaGrad. */
  public static AdaGrad rate(Schedule rate) {
    return new AdaGrad(rate, 0.1, 1e-7);
  }

  /** The same with another start of the sum of squares. */
  public AdaGrad initial(double initial) {
    return new AdaGrad(rate, initial, epsilon);
  }

  /** The same with another term under the root. */
  public AdaGrad epsilon(double epsilon) {
    return new AdaGrad(rate, initial, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("accumulator", initial));
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value accumulator = ops.add(slots.get(0), ops.square(gradient));
    Value root = ops.sqrt(ops.shift(accumulator, epsilon));
    Value move = ops.divide(ops.multiply(gradient, scalars.get(0)), root);
    return List.of(ops.subtract(weight, move), accumulator);
  }
}
