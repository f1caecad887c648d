package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import java.util.Objects;

/**
 * Gradient descent, plain or with momentum: {@code v ← momentum · v − rate · g; w ← w + v}, or with
 * Nesterov's {@code w ← w + momentum · v − rate · g} (Sutskever et al., ICML 2013).
 *
 * @param rate the learning rate
 * @param momentum in [0, 1); 0 keeps no slot
 * @param lookAhead whether the step looks ahead
 */
public record Sgd(Schedule rate, double momentum, boolean lookAhead) implements Optimizer {

  /** Checks the momentum. */
  public Sgd {
    Objects.requireNonNull(rate, "rate");
    Check.fraction("momentum", momentum);
  }

  /** Plain descent at a constant rate. */
  public static Sgd rate(double rate) {
    return rate(Schedules.constant(rate));
  }

  /** Plain descent. */
  public static Sgd rate(Schedule rate) {
    return new Sgd(rate, 0, false);
  }

  /** The same with momentum. */
  public Sgd momentum(double momentum) {
    return new Sgd(rate, momentum, lookAhead);
  }

  /** The same, looking ahead. */
  public Sgd nesterov() {
    return new Sgd(rate, momentum, true);
  }

  @Override
  public List<Slot> slots() {
    return momentum == 0 ? List.of() : List.of(new Slot("momentum", 0));
  }

  @Override
  public List<Value> update(
      Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars) {
    Value step = ops.multiply(gradient, scalars.get(0));
    if (momentum == 0) {
      return List.of(ops.subtract(weight, step));
    }
    Value velocity = ops.subtract(ops.scale(slots.get(0), momentum), step);
    Value move = lookAhead ? ops.subtract(ops.scale(velocity, momentum), step) : velocity;
    return List.of(ops.add(weight, move), velocity);
  }
}
