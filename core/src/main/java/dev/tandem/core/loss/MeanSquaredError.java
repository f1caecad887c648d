package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** (prediction − target)², averaged. */
public record MeanSquaredError() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(ops, ops.square(ops.subtract(prediction, target)));
  }
}
