package dev.tandem.examples.gallery;

import static dev.tandem.core.layer.Activations.leakyRelu;
import static dev.tandem.core.layer.Activations.relu;
import static dev.tandem.gan.objective.AdversarialLosses.nonSaturating;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.image.Scatter;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Latent;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * PacGAN (Lin et al., 2018, arXiv:1712.04086) on 25 narrow modes: the discriminator sees four
 * samples at once, so that a generator with too few modes gives itself away. Real points lie under
 * made ones.
 */
final class PacganExample {

  private PacganExample() {}

  static BufferedImage run(int steps, AdversarialCallback log) {
    Mixture grid = Mixture.named("grid25-pacgan");
    INDArray points = grid.batch(1, 0, 100_000);
    Dataset data = Dataset.builder().input("points", points).build();

    Model generator = Model.sequential("generator", Input.of("noise", 2), generator());
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("points", 2 * 4),
            Dense.units(200).activation(leakyRelu(0.2)),
            Dense.units(200).activation(leakyRelu(0.2)),
            Dense.units(200).activation(leakyRelu(0.2)),
            Dense.units(1));
    AdversarialPair pair =
        AdversarialPair.packed(generator, discriminator, Latent.normal(2), 4);
    AdversarialTraining recipe =
        AdversarialTraining.of(pair, Objective.of(nonSaturating()))
            .optimizers(Optimizers.both(Adam.rate(2e-4).beta1(0.8)))
            .batch(100)
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.with(log).train(steps);
      INDArray real = points.get(NDArrayIndex.interval(0, 2_500), NDArrayIndex.all());
      return Scatter.around(points).draw(real, trainer.sample(2_500, 1));
    }
  }

  private static Layer[] generator() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      layers.add(Dense.units(400).bias(false));
      layers.add(BatchNormalization.layer().momentum(0.9));
      layers.add(ActivationLayer.of(relu()));
    }
    layers.add(Dense.units(2));
    return layers.toArray(Layer[]::new);
  }
}
