package dev.tandem.examples.gallery;

import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;

import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;

/**
 * InfoGAN (Chen et al., 2016, arXiv:1606.03657): the generator is told one of ten codes, and the
 * discriminator has to find it in the image; no labels are shown to either. A column of the picture
 * is a code: what they have come to mean was found without help.
 */
final class InfoganExample {

  private InfoganExample() {}

  static BufferedImage run(Showing showing) {
    AdversarialPair pair =
        AdversarialPair.coded(ClassNets.generator(), ClassNets.twoHeads(), Latent.normal(64), 10);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating()))
            .initializing()
            .optimizers(Optimizers.of(Adam.rate(1e-3).beta1(0.5), Adam.rate(2e-4).beta1(0.5)))
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.images())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.byClass(trainer);
    }
  }
}
