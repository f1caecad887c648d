package dev.tandem.gan.objective;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** D: softplus(−r) + softplus(f); G: −softplus(f) (Goodfellow et al., 2014, arXiv:1406.2661). */
record Minimax() implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return ops.softplus(ops.negate(scores));
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return ops.softplus(scores);
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.negate(ops.softplus(scores));
  }

  @Override
  public double indifference() {
    return 2 * Math.log(2);
  }
}
