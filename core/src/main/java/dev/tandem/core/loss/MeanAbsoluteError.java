package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** |prediction − target|, averaged. Its slope at 0 is 0. */
public record MeanAbsoluteError() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(ops, ops.abs(ops.subtract(prediction, target)));
  }
}
