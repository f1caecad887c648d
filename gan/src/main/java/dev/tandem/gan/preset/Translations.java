package dev.tandem.gan.preset;

import static dev.tandem.gan.objective.loss.AdversarialLosses.leastSquares;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;

import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTraining;

/** The presets that translate samples; Adam 2e-4 (0.5) as in both papers. */
final class Translations {

  private Translations() {}

  /** Isola et al., 2016, arXiv:1611.07004: λ = 100. Their batches are of 1 to 10 images. */
  static AdversarialTraining pix2pix(PresetRequest asked) {
    TranslationNets nets = new TranslationNets(asked.sample(), asked.filters());
    AdversarialPair pair =
        AdversarialPair.translating(nets.unet("generator"), nets.patches("discriminator", 2), 100);
    return AdversarialTraining.of(pair, Objective.of(nonSaturating())).batch(8);
  }

  /**
   * Zhu et al., 2017, arXiv:1703.10593: λ = 10 and half of it for the identity, beside (f − 1)²; so
   * 5 and 2.5 beside the half of that which {@code leastSquares} is. 50 fakes are kept of each
   * generator. Their batches are of one image.
   */
  static AdversarialTraining cycleGan(PresetRequest asked) {
    TranslationNets nets = new TranslationNets(asked.sample(), asked.filters());
    AdversarialPair pair =
        AdversarialPair.cyclic(
            new Direction(nets.resnet("forth"), nets.patches("judge_forth", 1)),
            new Direction(nets.resnet("back"), nets.patches("judge_back", 1)),
            new Cycle(5, 2.5, 50));
    return AdversarialTraining.of(pair, Objective.of(leastSquares())).batch(4);
  }
}
