package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.wasserstein;
import static dev.tandem.gan.objective.penalty.Penalties.gradientPenalty;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import java.awt.image.BufferedImage;

/**
 * WGAN-GP (Gulrajani et al., 2017, arXiv:1704.00028): the critic's gradient is held near length one
 * between real and made samples, by a penalty that is differentiated through exactly; five of its
 * steps for one of the generator. Its score depends on one sample alone: no batch norm in it.
 */
final class WganGpExample {

  private WganGpExample() {}

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
    Model critic =
        Model.sequential(
            "critic",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(64).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Conv2D.filters(128).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Flatten.of(),
            Dense.units(1));

    AdversarialPair pair = AdversarialPair.of(generator, critic, Latent.normal(64));
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(wasserstein()).penalty(gradientPenalty(10)))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(1e-4).beta1(0).beta2(0.9)))
            .schedule(Alternation.alternating().discriminatorSteps(5))
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.images())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.picture(trainer);
    }
  }
}
