package dev.tandem.gan.step;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Lambda;

/** How far what was made is from what should have been: weight · mean |a − b|. */
final class Distance {

  private Distance() {}

  static SymbolicTensor between(SymbolicTensor a, SymbolicTensor b, double weight) {
    return Lambda.of(
            (ops, in) -> ops.scale(ops.mean(ops.abs(ops.subtract(in.get(0), in.get(1)))), weight))
        .apply(a, b);
  }
}
