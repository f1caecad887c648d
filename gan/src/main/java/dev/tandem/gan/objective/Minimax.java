package dev.tandem.gan.objective;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/** D: softplus(−r) + softplus(f); G: −softplus(f) (Goodfellow et al., 2014, arXiv:1406.2661). */
record Minimax() implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return ActivationOps.softplus(ops, ops.negate(scores));
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return ActivationOps.softplus(ops, scores);
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.negate(ActivationOps.softplus(ops, scores));
  }

  @Override
  public double indifference() {
    return 2 * Math.log(2);
  }
}
