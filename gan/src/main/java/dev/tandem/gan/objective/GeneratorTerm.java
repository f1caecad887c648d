package dev.tandem.gan.objective;

import dev.tandem.core.graph.SymbolicTensor;

/**
 * A term of the generator's loss besides the scores' own, drawn with {@link
 * dev.tandem.core.layer.Tensors}. It sees real samples too, so the generator's step takes them.
 * Standard ones are in {@link GeneratorTerms}.
 */
@FunctionalInterface
public interface GeneratorTerm {

  /**
   * Draws the term with its weight: a scalar.
   *
   * @param scene of the generator's step: gradients go through its fakes
   */
  SymbolicTensor draw(CriticContext scene);
}
