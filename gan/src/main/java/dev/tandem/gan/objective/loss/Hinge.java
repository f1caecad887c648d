package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/** D: max(0, 1 − r) + max(0, 1 + f); G: −f (Lim, Ye, 2017, arXiv:1705.02894). */
record Hinge() implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return ActivationOps.relu(ops, ops.shift(ops.negate(scores), 1));
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return ActivationOps.relu(ops, ops.shift(scores, 1));
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.negate(scores);
  }

  @Override
  public double indifference() {
    return 2;
  }
}
