package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * D: softplus(−(r − f)); G: softplus(−(f − r)), each real sample against one fake
 * (Jolicoeur-Martineau, 2018, arXiv:1807.00734; R3GAN, Huang et al., 2025, arXiv:2501.05441).
 */
record RelativisticPaired() implements AdversarialLoss {

  @Override
  public Value discriminator(Ops ops, Value real, Value fake) {
    return ops.mean(ActivationOps.softplus(ops, ops.subtract(fake, real)));
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
    return Math.log(2);
  }
}
