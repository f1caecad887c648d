package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/**
 * {@code log(cosh(e))} with the error e = prediction − target, averaged: near e² / 2 for small
 * errors and |e| − log 2 for large ones, smooth everywhere. It is computed as {@code e +
 * softplus(−2e) − log 2}, which never overflows, as in Keras.
 */
public record LogCosh() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value error = ops.subtract(prediction, target);
    Value rest = ActivationOps.softplus(ops, ops.scale(error, -2));
    return Samples.mean(ops, ops.shift(ops.add(error, rest), -Math.log(2)));
  }
}
