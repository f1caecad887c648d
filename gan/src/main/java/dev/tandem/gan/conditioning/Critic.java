package dev.tandem.gan.conditioning;

import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/** The discriminator in a step. */
@FunctionalInterface
public interface Critic {

  /**
   * All outputs of the discriminator, the scores first; one call for each tensor of samples.
   *
   * @param samples (batch, …) as they are judged
   */
  List<SymbolicTensor> outputs(SymbolicTensor samples);
}
