package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * {@code prediction − target · log(prediction + 1e-7)}, averaged: the negative log-likelihood of
 * counts under a predicted mean, without what depends on the counts alone. Predictions are at least
 * 0.
 */
public record Poisson() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value logs = ops.log(ops.shift(prediction, Probabilities.NEAR));
    return Samples.mean(ops, ops.subtract(prediction, ops.multiply(target, logs)));
  }
}
