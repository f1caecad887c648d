package dev.tandem.gan.objective.loss;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.gan.objective.critic.CriticContext;
import org.jspecify.annotations.Nullable;

/**
 * D: r − k · f; G: f; k ← k + gain · (ratio · r − f), held in [0, 1], of a discriminator that gives
 * the error of an autoencoder (Berthelot, Schumm, Metz, 2017, arXiv:1703.10717).
 */
record Equilibrium(double ratio, double gain) implements AdversarialLoss {

  Equilibrium {
    if (!(ratio > 0 && ratio <= 1)) {
      throw new IllegalArgumentException("ratio of errors (gamma) is not in (0, 1]: " + ratio);
    }
    if (!(gain > 0 && gain < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("gain of k (lambda) is not above 0: " + gain);
    }
  }

  /**
   * Refuses: the loss depends on k, which is state of a layer.
   *
   * @throws IllegalStateException always
   */
  @Override
  public Value discriminator(Ops ops, Value real, Value fake) {
    throw new IllegalStateException(
        this
            + " weighs fakes by k, which follows the errors of earlier steps, so scores alone do"
            + " not tell the discriminator's loss; ask for discriminator(critic) in a step");
  }

  @Override
  public SymbolicTensor discriminator(CriticContext critic) {
    BeganBalance balance = new BeganBalance(critic.named("began"), ratio, gain);
    SymbolicTensor loss = balance.apply(critic.realScores(), critic.fakeScores());
    critic.updates(balance);
    return loss;
  }

  @Override
  public Value generator(Ops ops, @Nullable Value real, Value fake) {
    return ops.mean(fake);
  }
}
