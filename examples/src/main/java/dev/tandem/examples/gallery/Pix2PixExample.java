package dev.tandem.examples.gallery;

import static dev.tandem.core.data.PixelRange.MINUS_ONE_TO_ONE;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.examples.gan.Translations;
import dev.tandem.gan.data.Edges;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.UNet;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Pix2Pix (Isola et al., 2016, arXiv:1611.07004) on MNIST: digits are made of their edges. A U-Net
 * is held near the digit that belongs to the edges, and is judged by patches of edges and digit
 * together. The picture has digits that training has not seen: edges, what is made of them, digit.
 */
final class Pix2PixExample {

  private static final double THRESHOLD = 0.5;
  private static final double DISTANCE = 100;

  private Pix2PixExample() {}

  static BufferedImage run(Showing showing) {
    Mnist mnist = Mnist.fromClassPath(MINUS_ONE_TO_ONE);
    INDArray digits = mnist.train().images();
    Dataset data =
        Dataset.builder()
            .input("edges", Edges.of(digits, THRESHOLD))
            .target("digits", digits)
            .build();

    Model generator = UNet.sized(28, 28, 1, 1).filters(32).build("generator");
    Model discriminator = PatchGan.sized(28, 28, 2).filters(32).layers(2).build("discriminator");
    AdversarialPair pair = AdversarialPair.translating(generator, discriminator, DISTANCE);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating()))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0.5)))
            .batch(8)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.with(showing.log()).train(showing.steps());
      INDArray unseen = mnist.test().images();
      return Translations.paired(trainer, Edges.of(unseen, THRESHOLD), unseen);
    }
  }
}
