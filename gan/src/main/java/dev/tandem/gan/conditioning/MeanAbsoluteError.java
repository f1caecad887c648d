package dev.tandem.gan.conditioning;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;

/** The weighted mean absolute difference of samples: weight · mean |a − b|. */
final class MeanAbsoluteError {

  private MeanAbsoluteError() {}

  static SymbolicTensor of(SymbolicTensor a, SymbolicTensor b, double weight) {
    return Lambda.of(
            (ops, in) -> ops.scale(ops.mean(ops.abs(ops.subtract(in.get(0), in.get(1)))), weight))
        .apply(a, b);
  }
}
