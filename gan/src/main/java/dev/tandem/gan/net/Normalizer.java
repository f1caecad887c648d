package dev.tandem.gan.net;

import dev.tandem.core.graph.SymbolicTensor;

/** A normalization to call: a {@link Norm}, or one that knows more, such as the class. */
@FunctionalInterface
public interface Normalizer {

  /**
   * Calls it.
   *
   * @param name for its layer
   * @param x (batch, …, channels)
   * @return the same shape
   */
  SymbolicTensor apply(String name, SymbolicTensor x);
}
