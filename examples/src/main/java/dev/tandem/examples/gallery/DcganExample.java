package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;

/**
 * DCGAN (Radford et al., 2015, arXiv:1511.06434): convolutions with strides instead of pooling,
 * batch norm, the non-saturating loss, Adam with rate 2e-4 and beta1 0.5.
 */
final class DcganExample {

  private DcganExample() {}

  static BufferedImage run(Showing showing) {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 64),
            Dense.units(7 * 7 * 128),
            Reshape.of(7, 7, 128),
            BatchNormalization.of().momentum(0.9),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(64).kernel(4).stride(2).padding(SAME),
            BatchNormalization.of().momentum(0.9),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME).activation(tanh()));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(64).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Conv2D.filters(128).kernel(4).stride(2).padding(SAME),
            BatchNormalization.of().momentum(0.9),
            ActivationLayer.of(leakyRelu(0.2)),
            Flatten.of(),
            Dense.units(1));

    AdversarialPair pair = AdversarialPair.of(generator, discriminator, Latent.normal(64));
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating()))
            .initializing()
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.images())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.picture(trainer);
    }
  }
}
