package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** D: (r − 1)² / 2 + f² / 2; G: (f − 1)² / 2 (Mao et al., 2016, arXiv:1611.04076). */
record LeastSquares() implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return ops.scale(ops.square(ops.shift(scores, -1)), 0.5);
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return ops.scale(ops.square(scores), 0.5);
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.scale(ops.square(ops.shift(scores, -1)), 0.5);
  }

  @Override
  public double indifference() {
    return 0.5;
  }
}
