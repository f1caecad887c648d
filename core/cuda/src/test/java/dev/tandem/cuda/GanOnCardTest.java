package dev.tandem.cuda;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import dev.tandem.gan.train.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A small pair of convolutional nets on a card, against the host. */
class GanOnCardTest {

  private final HostDevice device = Cards.host();

  private static Model generator() {
    return Model.sequential(
        "generator",
        Input.of("noise", 5),
        Dense.units(2 * 2 * 4),
        Reshape.of(2, 2, 4),
        BatchNormalization.of(),
        ActivationLayer.of(relu()),
        Conv2DTranspose.filters(4).kernel(4).stride(2).padding(Padding.SAME),
        BatchNormalization.of(),
        ActivationLayer.of(relu()),
        Conv2DTranspose.filters(1).kernel(4).stride(2).padding(Padding.SAME).activation(tanh()));
  }

  private static Model critic() {
    return Model.sequential(
        "critic",
        Input.of("image", Shape.of(8, 8, 1)),
        Conv2D.filters(4).kernel(4).stride(2).padding(Padding.SAME).activation(leakyRelu(0.2)),
        Flatten.of(),
        Dense.units(1));
  }

  @Test
  void rounds_withAverageAndPenalty_areThoseOfTheHost() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 12, 8, 8, 1);
    CounterRandom.of(1).uniform(images);
    Dataset data = Dataset.builder().input("image", images).build();
    List<double[]> losses = new ArrayList<>();
    List<INDArray> samples = new ArrayList<>();
    for (Engine engine : List.of(new CudaEngine(device), new PlanEngine())) {
      AdversarialTraining recipe =
          AdversarialTraining.of(
                  AdversarialPair.of(generator(), critic(), Latent.normal(5)),
                  Objective.of(AdversarialLosses.nonSaturating())
                      .penalty(Penalties.gradientPenalty(1)))
              .average(WeightAverage.rampedDecay(0.99))
              .batch(4)
              .engine(engine)
              .seed(3);
      try (AdversarialTrainer trainer = recipe.start(data)) {
        for (int i = 0; i < 4; i++) {
          Round round = trainer.round();
          losses.add(new double[] {round.discriminatorLoss(), round.generatorLoss()});
        }
        samples.add(trainer.sample(3, 1));
      }
    }
    for (int i = 0; i < 4; i++) {
      assertThat(losses.get(i)).containsExactly(losses.get(4 + i), within(1e-3));
    }
    assertThat(samples.get(0).equalsWithEps(samples.get(1), 1e-3)).isTrue();
    assertThat(device.allocations()).isZero();
  }

  @Test
  void rounds_withCommandsInAnyOrderThatWaits_areEqualToTheBit() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 12, 8, 8, 1);
    CounterRandom.of(1).uniform(images);
    Dataset data = Dataset.builder().input("image", images).build();
    List<INDArray> results = new ArrayList<>();
    for (HostDevice one : List.of(device, HostDevice.inAnyOrder(1), HostDevice.inAnyOrder(2))) {
      AdversarialTraining recipe =
          AdversarialTraining.of(
                  AdversarialPair.of(generator(), critic(), Latent.normal(5)),
                  Objective.of(AdversarialLosses.nonSaturating())
                      .penalty(Penalties.gradientPenalty(1)))
              .batch(4)
              .engine(new CudaEngine(one))
              .seed(3);
      try (AdversarialTrainer trainer = recipe.start(data)) {
        double[] losses = new double[6];
        for (int i = 0; i < 3; i++) {
          Round round = trainer.round();
          losses[2 * i] = round.discriminatorLoss();
          losses[2 * i + 1] = round.generatorLoss();
        }
        results.add(Nd4j.createFromArray(losses));
        results.add(trainer.sample(3, 1));
      }
    }
    assertThat(results.get(2)).isEqualTo(results.get(0)).isEqualTo(results.get(4));
    assertThat(results.get(3)).isEqualTo(results.get(1)).isEqualTo(results.get(5));
  }
}
