package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;

/**
 * Holds each element between −limit and limit.
 *
 * @param limit above 0
 */
public record ClipByValue(double limit) implements Clipping {

  /** Checks the limit. */
  public ClipByValue {
    Check.aboveZero("clipping value", limit);
  }

  @Override
  public List<Value> apply(Ops ops, List<Value> gradients) {
    return gradients.stream().map(gradient -> ops.clip(gradient, -limit, limit)).toList();
  }
}
