package dev.tandem.gan.net;

import dev.tandem.core.graph.SymbolicTensor;

/** Draws a normalization: a {@link Norm}, or one that knows more, such as the class. */
@FunctionalInterface
public interface Normalizer {

  /**
   * Draws it.
   *
   * @param name for its layer
   * @param x (batch, …, channels)
   * @return the same shape
   */
  SymbolicTensor apply(String name, SymbolicTensor x);
}
