package dev.tandem.cuda;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
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
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The steps of the benchmark's workloads, with the sizes that they have there. */
public enum StepPrograms {
  /** A classifier of 784 features. */
  MLP,
  /** Points on a ring. */
  RING,
  /** Images of 28 x 28 x 1. */
  DCGAN28,
  /** The same with Wasserstein distance and gradient penalty. */
  WGANGP28,
  /** Images of 32 x 32 x 3. */
  DCGAN32,
  /** Images of 64 x 64 x 3. */
  DCGAN64;

  /** Gives what takes it the programs of a step, by whose they are. */
  public void onEngine(CudaEngine engine, BiConsumer<String, CudaProgram> use) {
    switch (this) {
      case MLP -> classifier(engine, use);
      case RING ->
          pair(
              engine,
              use,
              List.of(dense(relu()), dense(relu()), Dense.units(2)),
              List.of(dense(leakyRelu(0.2)), dense(leakyRelu(0.2)), Dense.units(1)),
              256,
              2,
              Shape.of(2));
      case DCGAN28, WGANGP28 ->
          pair(engine, use, generator28(), discriminator(64, 128), 64, 100, Shape.of(28, 28, 1));
      case DCGAN32 ->
          pair(
              engine,
              use,
              generator(256, 128, 64),
              discriminator(64, 128, 256),
              64,
              128,
              Shape.of(32, 32, 3));
      case DCGAN64 ->
          pair(
              engine,
              use,
              generator(1024, 512, 256, 128),
              discriminator(64, 128, 256, 512),
              128,
              100,
              Shape.of(64, 64, 3));
    }
  }

  private static Operation dense(Activation activation) {
    return Dense.units(128).activation(activation);
  }

  private static List<Operation> generator28() {
    List<Operation> layers =
        new ArrayList<>(List.of(Dense.units(7 * 7 * 128), Reshape.of(7, 7, 128)));
    for (int filters : new int[] {128, 64}) {
      layers.addAll(List.of(norm(), ActivationLayer.of(leakyRelu(0.2)), up(filters)));
    }
    layers.addAll(List.of(norm(), ActivationLayer.of(leakyRelu(0.2))));
    layers.add(Conv2D.filters(1).kernel(7).padding(Padding.SAME).activation(tanh()));
    return layers;
  }

  private static List<Operation> generator(int channels, int... filters) {
    List<Operation> layers =
        new ArrayList<>(List.of(Dense.units(4 * 4 * channels), Reshape.of(4, 4, channels)));
    for (int number : filters) {
      layers.addAll(List.of(norm(), ActivationLayer.of(relu()), up(number)));
    }
    layers.addAll(List.of(norm(), ActivationLayer.of(relu()), up(3).activation(tanh())));
    return layers;
  }

  private static List<Operation> discriminator(int... filters) {
    List<Operation> layers = new ArrayList<>();
    for (int number : filters) {
      layers.add(
          Conv2D.filters(number)
              .kernel(4)
              .stride(2)
              .padding(Padding.SAME)
              .activation(leakyRelu(0.2)));
    }
    layers.addAll(List.of(Flatten.of(), Dense.units(1)));
    return layers;
  }

  private static BatchNormalization norm() {
    return BatchNormalization.of().epsilon(1e-5).momentum(0.9);
  }

  private static Conv2DTranspose up(int filters) {
    return Conv2DTranspose.filters(filters).kernel(4).stride(2).padding(Padding.SAME);
  }

  private static void classifier(CudaEngine engine, BiConsumer<String, CudaProgram> use) {
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
      INDArray labels = Nd4j.zeros(DataType.INT32, 128);
      trainer.trainOnBatch(Nd4j.zeros(DataType.FLOAT, 128, 784), labels);
      programs("classifier", trainer, use);
    }
  }

  private void pair(
      CudaEngine engine,
      BiConsumer<String, CudaProgram> use,
      List<Operation> generator,
      List<Operation> discriminator,
      int batch,
      int noise,
      Shape sample) {
    Model makes =
        Model.sequential(
            "generator", Input.of("noise", noise), generator.toArray(Operation[]::new));
    Model judges =
        Model.sequential(
            "discriminator", Input.of("sample", sample), discriminator.toArray(Operation[]::new));
    INDArray samples = Nd4j.zeros(DataType.FLOAT, sample.prepend(batch).toArray());
    Dataset data = Dataset.builder().input("sample", samples).build();
    Objective objective =
        this == WGANGP28
            ? Objective.of(AdversarialLosses.wasserstein()).penalty(Penalties.gradientPenalty(10))
            : Objective.of(AdversarialLosses.nonSaturating());
    AdversarialTraining recipe =
        AdversarialTraining.of(AdversarialPair.of(makes, judges, Latent.normal(noise)), objective)
            .batch(batch)
            .engine(engine)
            .seed(1);
    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.round();
      programs("discriminator", trainer.steps().discriminator(), use);
      programs("generator", trainer.steps().generator(), use);
    }
  }

  private static void programs(String name, Trainer trainer, BiConsumer<String, CudaProgram> use) {
    for (Program program : trainer.programs()) {
      use.accept(name, (CudaProgram) program);
    }
  }
}
