package dev.tandem.examples.gallery;

import static dev.tandem.core.layer.Activations.leakyRelu;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.AdversarialLosses.nonSaturating;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.model.Model;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Latent;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * ACGAN (Odena et al., 2016, arXiv:1610.09585): the generator is told the class, and the
 * discriminator has to tell it beside its score. A column of the picture is a class.
 */
final class AcganExample {

  private AcganExample() {}

  static BufferedImage run(int steps, AdversarialCallback log) {
    AdversarialPair pair =
        AdversarialPair.auxiliary(ClassGenerator.draw(), discriminator(), Latent.normal(64), 10);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating())).batch(64).seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.labeled())) {
      trainer.with(log).train(steps);
      return Digits.byClass(trainer);
    }
  }

  /** Two heads on one body: a score, and logits of the class. */
  private static Model discriminator() {
    Input image = Input.of("image", 28, 28, 1);
    Model body =
        Model.sequential(
            "body",
            image,
            Conv2D.filters(64).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Conv2D.filters(128).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Flatten.layer());
    SymbolicTensor features = body.apply(image);
    return Model.of(
        "discriminator",
        List.of(image),
        List.of(Dense.units(1).apply(features), Dense.units(10).apply(features)));
  }
}
