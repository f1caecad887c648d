package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.stream.IntStream;

/** Averages over everything but the batch. */
final class Samples {

  private Samples() {}

  /** (batch, …) to (batch); a scalar stays one. */
  static Value mean(Ops ops, Value x) {
    return ops.mean(x, false, IntStream.range(1, x.rank()).toArray());
  }
}
