package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * A loss whose generator side is 0, so that terms of its own are all that the generator learns by.
 */
record DiscriminatorAlone(PointwiseLoss of) implements PointwiseLoss {

  @Override
  public Value onReal(Ops ops, Value scores) {
    return of.onReal(ops, scores);
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return of.onFake(ops, scores);
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return ops.fill(0, scores.spec());
  }

  @Override
  public double indifference() {
    return of.indifference();
  }
}
