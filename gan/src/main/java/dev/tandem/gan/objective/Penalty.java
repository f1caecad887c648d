package dev.tandem.gan.objective;

import dev.tandem.core.graph.SymbolicTensor;

/**
 * A term of the discriminator's loss besides the scores' own, drawn with {@link
 * dev.tandem.core.layer.Tensors}: gradients drawn there are differentiated again, so a penalty on
 * them is exact. Standard ones are in {@link Penalties}.
 */
public interface Penalty {

  /** Draws the term with its weight: a scalar. */
  SymbolicTensor draw(CriticContext scene);

  /**
   * Whether it takes the gradient of each sample's score by that sample, which a net that mixes
   * samples (batch norm) does not have.
   */
  default boolean differentiatesEachSample() {
    return true;
  }
}
