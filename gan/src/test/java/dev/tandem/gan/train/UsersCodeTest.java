package dev.tandem.gan.train;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;
import static dev.tandem.gan.objective.loss.AdversarialLosses.nonSaturating;
import static dev.tandem.gan.objective.loss.AdversarialLosses.relativistic;
import static dev.tandem.gan.objective.loss.AdversarialLosses.wasserstein;
import static dev.tandem.gan.objective.penalty.Penalties.gradientPenalty;
import static dev.tandem.gan.objective.penalty.Penalties.r1;
import static dev.tandem.gan.objective.penalty.Penalties.r2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a user types for the three usual kinds of GAN, run on a few rounds. */
class UsersCodeTest {

  private static Dataset images(int count) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, count, 28, 28, 1);
    CounterRandom.of(1).uniform(images);
    return Dataset.builder().input("image", images).build();
  }

  private static Dataset points(int count) {
    INDArray points = Nd4j.zeros(DataType.FLOAT, count, 2);
    CounterRandom.of(1).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  @Test
  void dcgan_ofSmallNets_steps() {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 32),
            Dense.units(7 * 7 * 8),
            Reshape.of(7, 7, 8),
            BatchNormalization.of(),
            Conv2DTranspose.filters(8).kernel(4).stride(2).padding(SAME).activation(relu()),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME).activation(tanh()));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(8).kernel(4).stride(2).padding(SAME).activation(leakyRelu(0.2)),
            Flatten.of(),
            Dense.units(1));
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, discriminator, Latent.normal(32)),
                Objective.of(nonSaturating()).smoothLabels(0.1))
            .initializing()
            .average(WeightAverage.decay(0.9))
            .batch(8);

    try (AdversarialTrainer trainer = recipe.start(images(32))) {
      Outcome outcome = trainer.train(3);

      assertThat(outcome.stopped()).isEmpty();
      assertThat(outcome.counters()).isEqualTo(new Counters(3, 3, 3, 0, 24));
      assertThat(trainer.sample(5, 1).shape()).containsExactly(5, 28, 28, 1);
    }
  }

  @Test
  void wganGp_onPoints_steps() {
    Model generator = mlp("generator", 2, 2);
    Model critic = mlp("critic", 2, 1);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, critic, Latent.normal(2)),
                Objective.of(wasserstein()).penalty(gradientPenalty(10)))
            .initializing()
            .optimizers(Optimizers.both(Adam.rate(1e-4).beta1(0).beta2(0.9)))
            .schedule(Alternation.alternating().discriminatorSteps(5))
            .batch(16);

    try (AdversarialTrainer trainer = recipe.start(points(100))) {
      assertThat(trainer.train(3).counters()).isEqualTo(new Counters(3, 15, 3, 0, 240));
    }
  }

  @Test
  void r3gan_onPoints_steps() {
    Model generator = mlp("generator", 2, 2);
    Model discriminator = mlp("discriminator", 2, 1);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, discriminator, Latent.normal(2)),
                Objective.of(relativistic()).lazyPenalty(r1(1), 2).penalty(r2(1)))
            .initializing()
            .optimizers(Optimizers.of(Adam.rate(1e-4), Adam.rate(2e-4)))
            .schedule(Alternation.simultaneously())
            .average(WeightAverage.halfLife(500, 0.05))
            .batch(16);

    try (AdversarialTrainer trainer = recipe.start(points(100))) {
      assertThat(trainer.train(4).counters()).isEqualTo(new Counters(4, 4, 4, 2, 64));
    }
  }

  private static Model mlp(String name, int inputs, int outputs) {
    return Model.sequential(
        name,
        Input.of(name + "_input", inputs),
        Dense.units(16).activation(leakyRelu(0.2)),
        Dense.units(16).activation(leakyRelu(0.2)),
        Dense.units(outputs));
  }
}
