package dev.tandem.examples.gallery;

import static dev.tandem.core.data.PixelRange.MINUS_ONE_TO_ONE;
import static dev.tandem.gan.objective.loss.AdversarialLosses.leastSquares;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.examples.gan.Translations;
import dev.tandem.examples.gan.Turned;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * CycleGAN (Zhu et al., 2017, arXiv:1703.10593) on MNIST: one domain are digits, the other one are
 * other digits, black on white and lying on their left side. No net is ever shown what belongs
 * together. The picture has images that training has not seen: digit, what is made of it; turned
 * digit, what is made of it.
 */
final class CycleGanExample {

  private CycleGanExample() {}

  static BufferedImage run(Showing showing) {
    Mnist mnist = Mnist.fromClassPath(MINUS_ONE_TO_ONE);
    Dataset.Split digits =
        Dataset.builder().input("digits", mnist.train().images()).build().split(0.5);
    Dataset turned =
        Dataset.builder().input("turned", Turned.of(digits.rest().input("digits"))).build();

    AdversarialPair pair =
        AdversarialPair.cyclic(
            new Direction(translator("turning"), judge("judge_of_turned")),
            new Direction(translator("turning_back"), judge("judge_of_upright")),
            new Cycle(5, 0, 50)); // cycle, identity, replay pool
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(leastSquares()))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0.5)))
            .batch(4)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(digits.first(), turned)) {
      trainer.with(showing.log()).train(showing.steps());
      INDArray unseen = mnist.test().images();
      return Translations.cycle(trainer, unseen, Turned.of(unseen));
    }
  }

  private static Model translator(String name) {
    return ResNetGenerator.sized(28, 28, 1, 1).filters(16).blocks(4).build(name);
  }

  private static Model judge(String name) {
    return PatchGan.sized(28, 28, 1).filters(32).layers(2).build(name);
  }
}
