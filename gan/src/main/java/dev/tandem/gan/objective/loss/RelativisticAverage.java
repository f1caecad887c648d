package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * D: softplus(−(r − mean f)) + softplus(f − mean r); G the same with r and f exchanged
 * (Jolicoeur-Martineau, 2018, arXiv:1807.00734, RaSGAN).
 */
record RelativisticAverage() implements AdversarialLoss {

  @Override
  public Value discriminator(Ops ops, Value real, Value fake) {
    Value onReal = ActivationOps.softplus(ops, ops.subtract(ops.mean(fake), real));
    Value onFake = ActivationOps.softplus(ops, ops.subtract(fake, ops.mean(real)));
    return ops.add(ops.mean(onReal), ops.mean(onFake));
  }

  @Override
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the sides change places
  public Value generator(Ops ops, @Nullable Value real, Value fake) {
    return discriminator(ops, fake, Objects.requireNonNull(real, "real"));
  }

  @Override
  public boolean comparesWithReal() {
    return true;
  }

  @Override
  public double indifference() {
    return 2 * Math.log(2);
  }
}
