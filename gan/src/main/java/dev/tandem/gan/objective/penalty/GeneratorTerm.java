package dev.tandem.gan.objective.penalty;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.gan.objective.critic.CriticContext;

/**
 * A term of the generator's loss besides the scores' own, built with {@link
 * dev.tandem.core.layer.Tensors}. It sees real samples too, so the generator's step takes them.
 * Standard ones are in {@link GeneratorTerms}.
 */
@FunctionalInterface
public interface GeneratorTerm {

  /**
   * The term with its weight: a scalar.
   *
   * @param critic of the generator's step: gradients go through its fakes
   */
  SymbolicTensor term(CriticContext critic);
}
