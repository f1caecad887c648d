package dev.tandem.gan.objective.penalty;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/**
 * A term of the discriminator's loss besides the scores' own, built with {@link
 * dev.tandem.core.layer.Tensors}: gradients taken there are differentiated again, so a penalty on
 * them is exact. Standard ones are in {@link Penalties}.
 */
public interface Penalty {

  /** The term with its weight: a scalar. */
  SymbolicTensor term(CriticContext critic);

  /**
   * Whether it takes the gradient of each sample's score by that sample, which a net that mixes
   * samples (batch norm) does not have.
   */
  default boolean differentiatesEachSample() {
    return true;
  }
}
