package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;

/**
 * Shrinks each weight's gradient by itself: {@code g · limit / max(‖g‖, limit)} with the Euclidean
 * norm over all its elements. An infinite norm gives NaN, never a silent zero.
 *
 * @param limit above 0
 */
public record ClipByNorm(double limit) implements Clipping {

  /** Checks the limit. */
  public ClipByNorm {
    Check.aboveZero("clipping norm", limit);
  }

  @Override
  public List<Value> apply(Ops ops, List<Value> gradients) {
    return gradients.stream()
        .map(g -> ops.multiply(g, Norms.factor(ops, ops.sum(ops.square(g)), limit)))
        .toList();
  }
}
