package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Shrinks all gradients by one factor, {@code limit / max(‖(g₁, g₂, …)‖, limit)}, which keeps their
 * direction (Pascanu, Mikolov, Bengio, ICML 2013, arXiv:1211.5063). An infinite norm gives NaN,
 * never a silent zero.
 *
 * @param limit above 0
 */
public record ClipByGlobalNorm(double limit) implements Clipping {

  /** Checks the limit. */
  public ClipByGlobalNorm {
    Check.aboveZero("clipping norm", limit);
  }

  @Override
  public List<Value> apply(Ops ops, List<Value> gradients) {
    if (gradients.isEmpty()) {
      return gradients;
    }
    DataType dtype = gradients.get(0).dtype();
    Value squares =
        gradients.stream()
            .map(g -> ops.cast(ops.sum(ops.square(g)), dtype))
            .reduce(ops::add)
            .orElseThrow();
    Value factor = Norms.factor(ops, squares, limit);
    return gradients.stream().map(g -> ops.multiply(g, ops.cast(factor, g.dtype()))).toList();
  }
}
