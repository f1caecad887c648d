package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/** A discriminator's cross entropy on logits: softplus(−r) + softplus(f). */
interface CrossEntropy extends PointwiseLoss {

  @Override
  default Value onReal(Ops ops, Value scores) {
    return ActivationOps.softplus(ops, ops.negate(scores));
  }

  @Override
  default Value onFake(Ops ops, Value scores) {
    return ActivationOps.softplus(ops, scores);
  }

  @Override
  default double indifference() {
    return 2 * Math.log(2);
  }
}
