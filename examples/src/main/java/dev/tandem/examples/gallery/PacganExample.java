package dev.tandem.examples.gallery;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.gan.objective.loss.AdversarialLosses.relativistic;
import static dev.tandem.gan.objective.penalty.Penalties.r1;
import static dev.tandem.gan.objective.penalty.Penalties.r2;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.image.Scatter;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.WeightAverage;
import java.awt.image.BufferedImage;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * PacGAN (Lin et al., 2018, arXiv:1712.04086) on 25 narrow modes: the discriminator sees two
 * samples at once, so that a generator with too few modes gives itself away. Packing goes with any
 * loss; here it is R3GAN's, with penalties small enough for modes so narrow.
 */
final class PacganExample {

  private PacganExample() {}

  static BufferedImage run(Showing showing) {
    Mixture grid = Mixture.named("grid25-pacgan").inUnitsOfItsDeviation();
    INDArray points = grid.batch(1, 0, 100_000);
    Dataset data = Dataset.builder().input("points", points).build();

    Model generator = net("generator", 2 + 8, 2); // two normal numbers and eight signs
    Model discriminator = net("discriminator", 2 * 2, 1);
    AdversarialPair pair =
        AdversarialPair.packed(generator, discriminator, Latent.normalAndSigns(2, 8), 2);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                pair, Objective.of(relativistic()).penalty(r1(0.003)).penalty(r2(0.003)))
            .initializing()
            .optimizers(Optimizers.of(halved(7e-4), halved(4e-3)))
            .average(WeightAverage.rampedDecay(0.999))
            .batch(256)
            .engine(showing.engine())
            .seed(1);

    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.with(showing.log()).train(showing.steps());
      INDArray real = points.get(NDArrayIndex.interval(0, 2_500), NDArrayIndex.all());
      return Scatter.around(points).draw(real, trainer.sample(2_500, 1));
    }
  }

  private static Model net(String name, int inputs, int outputs) {
    return Model.sequential(
        name,
        Input.of("in", inputs),
        Dense.units(128).activation(leakyRelu(0.2)),
        Dense.units(128).activation(leakyRelu(0.2)),
        Dense.units(128).activation(leakyRelu(0.2)),
        Dense.units(outputs));
  }

  private static Adam halved(double rate) {
    return Adam.rate(Schedules.exponentialDecay(rate, 1200, 0.5)).beta1(0).beta2(0.9);
  }
}
