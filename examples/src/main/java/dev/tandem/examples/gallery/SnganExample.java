package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.hinge;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;

/**
 * SNGAN (Miyato et al., 2018, arXiv:1802.05957) with the hinge loss: each kernel of the
 * discriminator is divided by its largest singular value, so that no layer stretches anything.
 */
final class SnganExample {

  private SnganExample() {}

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
            spectral(Conv2D.filters(64).kernel(4).stride(2).padding(SAME)),
            ActivationLayer.of(leakyRelu(0.1)),
            spectral(Conv2D.filters(128).kernel(4).stride(2).padding(SAME)),
            ActivationLayer.of(leakyRelu(0.1)),
            Flatten.of(),
            spectral(Dense.units(1)));

    AdversarialPair pair = AdversarialPair.of(generator, discriminator, Latent.normal(64));
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(hinge()))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0).beta2(0.9)))
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.images())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.picture(trainer);
    }
  }

  private static Layer spectral(Layer layer) {
    return SpectralNormalization.of(layer);
  }
}
