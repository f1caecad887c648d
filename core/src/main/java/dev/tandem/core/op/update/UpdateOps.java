package dev.tandem.core.op.update;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/** Updates of weights by optimizers. */
public final class UpdateOps {

  private UpdateOps() {}

  /**
   * One step of Adam.
   *
   * @param update its fixed numbers
   * @param alpha the scalar rate · √(1 - beta2^t) / (1 - beta1^t)
   * @return the new weight, m and v
   */
  public static List<Value> adam(
      Ops ops, AdamUpdate update, Value weight, Value gradient, Value m, Value v, Value alpha) {
    return ops.apply(update, List.of(weight, gradient, m, v, alpha));
  }
}
