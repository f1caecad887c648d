package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.relativistic;
import static dev.tandem.gan.objective.penalty.Penalties.r1;
import static dev.tandem.gan.objective.penalty.Penalties.r2;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.WeightAverage;
import java.awt.image.BufferedImage;

/**
 * R3GAN (Huang et al., 2025, arXiv:2501.05441): each made sample is judged against a real one, and
 * the discriminator's gradient is held small on both, R1 and R2. Nothing mixes the samples of a
 * batch. The picture is of the generator averaged over the steps.
 */
final class R3ganExample {

  private R3ganExample() {}

  static BufferedImage run(Showing showing) {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 64),
            Dense.units(7 * 7 * 128),
            Reshape.of(7, 7, 128),
            LayerNormalization.of(),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(64).kernel(4).stride(2).padding(SAME),
            LayerNormalization.of(),
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
        AdversarialTraining.of(pair, Objective.of(relativistic()).penalty(r1(3)).penalty(r2(3)))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(1e-3).beta1(0).beta2(0.99)))
            .average(WeightAverage.rampedDecay(0.999))
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.images())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.picture(trainer);
    }
  }
}
