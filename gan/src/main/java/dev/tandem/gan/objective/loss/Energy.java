package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/**
 * D: r + max(0, margin − f); G: f, of a discriminator that gives energies (Zhao, Mathieu, LeCun,
 * 2016, arXiv:1609.03126).
 */
record Energy(double margin) implements PointwiseLoss {

  Energy {
    if (!(margin > 0)) {
      throw new IllegalArgumentException("margin is not above 0: " + margin);
    }
  }

  @Override
  public Value onReal(Ops ops, Value scores) {
    return scores;
  }

  @Override
  public Value onFake(Ops ops, Value scores) {
    return ActivationOps.relu(ops, ops.shift(ops.negate(scores), margin));
  }

  @Override
  public Value forGenerator(Ops ops, Value scores) {
    return scores;
  }

  @Override
  public double indifference() {
    return margin;
  }
}
