package dev.tandem.cuda;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Program;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.NoDevice;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How many commands a step is, both halves of it: counted without running any. */
class StepCountsTest {

  private final CudaEngine engine = new CudaEngine(new NoDevice());

  @Test
  void step_ofAClassifier_isFewCommands() {
    Model model =
        Model.sequential(
            "classifier",
            Input.of("features", 784),
            Dense.units(512).activation(relu()),
            Dense.units(512).activation(relu()),
            Dense.units(10));
    Training recipe =
        Training.with(Adam.rate(1e-3))
            .loss(Losses.sparseCategoricalCrossentropy().fromLogits())
            .engine(engine)
            .seed(1);
    try (Trainer trainer = model.compile(recipe)) {
      INDArray labels = Nd4j.zeros(DataType.INT32, 64);
      trainer.trainOnBatch(Nd4j.zeros(DataType.FLOAT, 64, 784), labels);

      assertThat(commands("mlp", trainer)).isLessThanOrEqualTo(15);
    }
  }

  @Test
  void stepsOfBothSides_onARing_areFewCommands() {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 2),
            Dense.units(128).activation(relu()),
            Dense.units(128).activation(relu()),
            Dense.units(2));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("point", 2),
            Dense.units(128).activation(leakyRelu(0.2)),
            Dense.units(128).activation(leakyRelu(0.2)),
            Dense.units(1));

    assertThat(commands("ring", generator, discriminator, 2)).isLessThanOrEqualTo(39);
  }

  @Test
  void stepsOfBothSides_ofDcgan28_areFewCommands() {
    Model generator =
        Model.sequential(
            "generator",
            Input.of("noise", 100),
            Dense.units(7 * 7 * 128),
            Reshape.of(7, 7, 128),
            norm(),
            ActivationLayer.of(leakyRelu(0.2)),
            up(128),
            norm(),
            ActivationLayer.of(leakyRelu(0.2)),
            up(64),
            norm(),
            ActivationLayer.of(leakyRelu(0.2)),
            Conv2D.filters(1).kernel(7).padding(Padding.SAME).activation(tanh()));
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", Shape.of(28, 28, 1)),
            down(64),
            down(128),
            Flatten.of(),
            Dense.units(1));

    assertThat(commands("dcgan28", generator, discriminator, 28, 28, 1)).isLessThanOrEqualTo(54);
  }

  private static BatchNormalization norm() {
    return BatchNormalization.of().epsilon(1e-5).momentum(0.9);
  }

  private static Conv2DTranspose up(int filters) {
    return Conv2DTranspose.filters(filters).kernel(4).stride(2).padding(Padding.SAME);
  }

  private static Conv2D down(int filters) {
    return Conv2D.filters(filters)
        .kernel(4)
        .stride(2)
        .padding(Padding.SAME)
        .activation(leakyRelu(0.2));
  }

  private int commands(String name, Model generator, Model discriminator, long... sample) {
    long noise = generator.inputs().values().iterator().next().shape().size(1);
    INDArray samples = Nd4j.zeros(DataType.FLOAT, Shape.of(sample).prepend(128).toArray());
    Dataset data = Dataset.builder().input("sample", samples).build();
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, discriminator, Latent.normal((int) noise)),
                Objective.of(AdversarialLosses.nonSaturating()))
            .batch(64)
            .engine(engine)
            .seed(1);
    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.round();
      return commands(name + " discriminator", trainer.steps().discriminator())
          + commands(name + " generator", trainer.steps().generator());
    }
  }

  private static int commands(String name, Trainer trainer) {
    int all = 0;
    for (Program program : trainer.programs()) {
      CudaReport report = ((CudaProgram) program).report();
      System.out.println(
          name
              + ": "
              + report.commands()
              + " commands ("
              + report.launches()
              + " launches, "
              + report.libraryCalls()
              + " libraries' calls, "
              + report.copies()
              + " copies), arena of "
              + report.arenaBytes()
              + " bytes");
      all += report.commands();
    }
    return all;
  }
}
