package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * AdaDelta (Zeiler, 2012, arXiv:1212.5701), as in Keras: {@code a ← rho · a + (1 − rho) · g²; d ← g
 * · √(b + epsilon) / √(a + epsilon); b ← rho · b + (1 − rho) · d²; w ← w − rate · d}. The paper's
 * rate is 1.
 *
 * @param rate the learning rate
 * @param rho how much of the mean squares stays, in [0, 1); 0.95 unless set
 * @param epsilon added under the roots, above 0; 1e-7 unless set
 */
public record AdaDelta(Schedule rate, double rho, double epsilon) implements Optimizer {

  /** Checks the settings. */
  public AdaDelta {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("rho", rho);
    Check.aboveZero("epsilon", epsilon);
  }

  /** AdaDelta at a constant rate. */
  public static AdaDelta rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** AdaDelta. */
  public static AdaDelta rate(Schedule rate) {
    return new AdaDelta(rate, 0.95, 1e-7);
  }

  /** The same with another memory. */
  public AdaDelta rho(double rho) {
    return new AdaDelta(rate, rho, epsilon);
  }

  /** The same with another term under the roots. */
  public AdaDelta epsilon(double epsilon) {
    return new AdaDelta(rate, rho, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(new Slot("mean_square", 0), new Slot("mean_square_move", 0));
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value square = Averages.of(ops, rho, slots.get(0), ops.square(gradient));
    Value ratio =
        ops.sqrt(ops.divide(ops.shift(slots.get(1), epsilon), ops.shift(square, epsilon)));
    Value move = ops.multiply(gradient, ratio);
    Value moves = Averages.of(ops, rho, slots.get(1), ops.square(move));
    return List.of(ops.subtract(weight, ops.multiply(move, scalars.get(0))), square, moves);
  }
}
