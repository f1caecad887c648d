package dev.tandem.examples.gallery;

import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;

import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;

/**
 * ACGAN (Odena et al., 2016, arXiv:1610.09585): the generator is told the class, and the
 * discriminator has to tell it beside its score. A column of the picture is a class.
 */
final class AcganExample {

  private AcganExample() {}

  static BufferedImage run(Showing showing) {
    AdversarialPair pair =
        AdversarialPair.auxiliary(
            ClassNets.generator(), ClassNets.twoHeads(), Latent.normal(64), 10);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating()))
            .initializing()
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.labeled())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.byClass(trainer);
    }
  }
}
