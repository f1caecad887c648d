package dev.tandem.gan.objective.penalty;

import dev.tandem.gan.objective.loss.AdversarialLosses;

/** The standard terms of the generator's loss besides the scores' own. */
public final class GeneratorTerms {

  private GeneratorTerms() {}

  /**
   * {@code weight · ‖E[f(x)] − E[f(G(z))]‖²} with f the outputs of a layer of the discriminator and
   * E the mean over the batch (feature matching, Salimans et al., 2016, arXiv:1606.03498; there in
   * place of the loss on scores: {@link AdversarialLosses#forDiscriminatorAlone}).
   *
   * @param weight at least 0
   * @param layer the name of a layer of the discriminator
   * @throws IllegalArgumentException if the weight is negative or no number; that the discriminator
   *     has no such layer is told when steps are built, with the names of those it has
   */
  public static GeneratorTerm featureMatching(double weight, String layer) {
    return new FeatureMatching(weight, layer);
  }
}
