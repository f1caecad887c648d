package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * {@code max(1 − target · prediction, 0)}, averaged, for targets −1 and 1 of the prediction's
 * shape. A target 0 counts as −1, so 0 and 1 will do as in Keras.
 */
public record Hinge() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(ops, ops.relu(Signs.missing(ops, prediction, target)));
  }
}
