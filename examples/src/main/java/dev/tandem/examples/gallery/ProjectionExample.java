package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.hinge;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.ClassInputs;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * A conditional GAN whose discriminator judges by projection (Miyato, Koyama, 2018,
 * arXiv:1802.05637): to the score of the features it adds their product with a vector learned for
 * the class. A column of the picture is a class.
 */
final class ProjectionExample {

  private ProjectionExample() {}

  static BufferedImage run(Showing showing) {
    AdversarialPair pair =
        AdversarialPair.conditional(ClassNets.generator(), discriminator(), Latent.normal(64), 10);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(hinge()))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0).beta2(0.9)))
            .batch(64)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(Digits.labeled())) {
      trainer.with(showing.log()).train(showing.steps());
      return Digits.byClass(trainer);
    }
  }

  private static Model discriminator() {
    Input image = Input.of("image", 28, 28, 1);
    Input label = ClassInputs.label("label");
    Model body =
        Model.sequential(
            "body",
            image,
            spectral(Conv2D.filters(64).kernel(4).stride(2).padding(SAME)),
            ActivationLayer.of(leakyRelu(0.1)),
            spectral(Conv2D.filters(128).kernel(4).stride(2).padding(SAME)),
            ActivationLayer.of(leakyRelu(0.1)),
            Flatten.of(),
            spectral(Dense.units(128)),
            ActivationLayer.of(leakyRelu(0.1)));
    SymbolicTensor score =
        ClassInputs.projection(
            body.apply(image), label, 10, "projection", ProjectionExample::spectral);
    return Model.of("discriminator", List.of(image, label), List.of(score));
  }

  private static Layer spectral(Layer layer) {
    return SpectralNormalization.of(layer);
  }
}
