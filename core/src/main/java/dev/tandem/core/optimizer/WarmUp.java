package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;
import java.util.Objects;

/**
 * A straight line up to where another schedule starts, and then that schedule from its own first
 * step: {@code from + (then(0) − from) · step / steps} while {@code step < steps}, else {@code
 * then(step − steps)}, as the warm-up of Keras's cosine decay.
 *
 * @param steps of the line
 * @param from the rate of the first step, at least 0
 * @param then what follows
 */
public record WarmUp(long steps, double from, Schedule then) implements Schedule {

  /** Checks the numbers. */
  public WarmUp {
    Check.positive("warm-up steps", steps);
    Check.notNegative("first learning rate", from);
    Objects.requireNonNull(then, "then");
  }

  @Override
  public double at(long step) {
    return step < steps
        ? from + (then.at(0) - from) * ((double) step / steps)
        : then.at(step - steps);
  }
}
