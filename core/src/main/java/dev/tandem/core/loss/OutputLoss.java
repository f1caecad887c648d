package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** The prediction itself, for models that compute their own loss. */
public record OutputLoss() implements Loss {

  /**
   * The prediction, averaged.
   *
   * @param prediction (batch, …), or a scalar that stays one
   * @param target ignored
   */
  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(ops, prediction);
  }

  @Override
  public boolean needsTarget() {
    return false;
  }
}
