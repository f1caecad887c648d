package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** D: f − r; G: −f (Arjovsky, Chintala, Bottou, 2017, arXiv:1701.07875). */
record Wasserstein() implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return ops.negate(scores);
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return scores;
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.negate(scores);
  }

  @Override
  public double indifference() {
    return Double.NaN;
  }
}
