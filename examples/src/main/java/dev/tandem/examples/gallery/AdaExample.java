package dev.tandem.examples.gallery;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.WeightAverage;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ADA (Karras et al., 2020, arXiv:2006.06676) on 500 digits: the discriminator sees them augmented,
 * the stronger the surer it is of them. The picture has new digits, none of them augmented.
 */
final class AdaExample {

  private static final Logger LOG = LoggerFactory.getLogger(AdaExample.class);
  private static final int IMAGES = 500;
  private static final int EVERY = 250;

  private AdaExample() {}

  static BufferedImage run(Showing showing) {
    INDArray digits = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE).train().images();
    INDArray few = digits.get(NDArrayIndex.interval(0, IMAGES));
    Dataset data = Dataset.builder().input("image", few).build();

    // no blits: a digit that is turned over or mirrored is another sign
    Augmentation ada =
        Augmentations.at(
            Strength.adaptive().images(50_000), // ten times the paper's speed, for a short run
            AdaAugmentations.geometry(),
            AdaAugmentations.color());
    AdversarialTraining dcgan = Presets.named("dcgan").on(data).engine(showing.engine()).seed(1);
    AdversarialTraining recipe =
        dcgan.objective(dcgan.objective().augment(ada)).average(WeightAverage.rampedDecay(0.995));

    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.with(showing.log()).with(new Teller()).train(showing.steps());
      try (INDArray made = trainer.sample(64, 1)) {
        return ImageGrid.ofColumns(8).withZoom(2).draw(made);
      }
    }
  }

  /** Tells how strong the augmentations are, and how sure the discriminator is. */
  private static final class Teller implements AdversarialCallback {

    @Override
    public void onRound(AdversarialTrainer trainer, Round round) {
      if (round.number() % EVERY == 0) {
        LOG.info(
            "round {}: strength {}, r {}",
            round.number(),
            trainer.values().get("augmentation/value"),
            trainer.values().get("augmentation_adaptation/r"));
      }
    }
  }
}
