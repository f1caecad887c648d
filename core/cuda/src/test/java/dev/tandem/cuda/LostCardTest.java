package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.cuda.device.DeviceLostException;
import dev.tandem.cuda.device.FallingDevice;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A card that falls off in the middle of a run takes neither checkpoints nor the CPU with it. */
class LostCardTest {

  private final HostDevice host = Cards.host();
  private final FallingDevice card = new FallingDevice(host);
  private final INDArray inputs = normal(1, 6, 3);
  private final INDArray targets = normal(2, 6, 2);

  @TempDir Path folder;

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  private static Model net(String name, int units) {
    return Model.sequential(
        name,
        Input.of("x", 3),
        Dense.units(4).activation(Activations.tanh()).named(name + "_a"),
        Dense.units(units).named(name + "_b"));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine).seed(7);
  }

  private static List<INDArray> values(Model model) {
    return model.weights().stream().map(Weight::values).toList();
  }

  /** Every file with its contents. */
  private Map<Path, String> files() throws IOException {
    Map<Path, String> all = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      walk.filter(Files::isRegularFile).forEach(file -> all.put(file, contents(file)));
    }
    return all;
  }

  private static String contents(Path file) {
    try {
      return java.util.Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void step(Trainer trainer, INDArray inputs, INDArray targets) {
    trainer.trainOnBatch(inputs, targets).loss();
  }

  @Test
  void trainer_whoseCardFallsOff_saysItAndGoesOnByTheCpuFromTheCheckpoint() throws IOException {
    Model model = net("net", 2);
    Trainer trainer = model.compile(recipe(new CudaEngine(card.device())));
    step(trainer, inputs, targets);
    step(trainer, inputs, targets);
    Checkpoint.of(trainer).save(folder.resolve("run"), RunState.empty());
    Map<Path, String> saved = files();
    List<INDArray> then = values(model);
    step(trainer, inputs, targets);
    card.fall();

    assertThatThrownBy(() -> step(trainer, inputs, targets))
        .isInstanceOf(DeviceLostException.class)
        .hasMessageContaining("each weight has the values that were last read on the host")
        .hasMessageContaining("restore that checkpoint")
        .hasMessageContaining("\"cpu\"");
    assertThatThrownBy(() -> model.weights().get(0).values())
        .isInstanceOf(DeviceLostException.class);
    assertThatThrownBy(() -> Checkpoint.of(trainer).save(folder.resolve("run"), RunState.empty()))
        .isInstanceOf(DeviceLostException.class);
    assertThat(files()).isEqualTo(saved);
    trainer.close();

    assertThat(values(model)).isEqualTo(then);
    try (Trainer again = model.compile(recipe(new PlanEngine()))) {
      Checkpoint.of(again).restore(folder.resolve("run"));
      assertThat(again.steps()).isEqualTo(2);
      assertThat(values(model)).isEqualTo(then);
      step(again, inputs, targets);
      assertThat(values(model)).isNotEqualTo(then);
    }
    assertThat(host.allocations()).isZero();
  }

  @Test
  void pair_whoseCardFallsOff_keepsItsLastSave() throws IOException {
    Dataset data = Dataset.builder().input("x", inputs).build();
    Model generator = net("generator", 3);
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, net("discriminator", 1), Latent.normal(3)),
                Objective.of(AdversarialLosses.nonSaturating()))
            .batch(3)
            .engine(new CudaEngine(card.device()))
            .seed(5);
    AdversarialTrainer trainer = recipe.start(data);
    trainer.train(2);
    trainer.save(folder);
    Map<Path, String> saved = files();
    List<INDArray> then = values(generator);
    trainer.train(1);
    card.fall();

    assertThatThrownBy(() -> trainer.train(2)).isInstanceOf(DeviceLostException.class);
    assertThatThrownBy(() -> trainer.save(folder)).isInstanceOf(DeviceLostException.class);
    trainer.close();

    assertThat(files()).isEqualTo(saved);
    assertThat(values(generator)).isEqualTo(then);
    try (AdversarialTrainer onHost = recipe.engine(new PlanEngine()).start(data)) {
      assertThat(onHost.round().generatorLoss()).isFinite();
    }
    assertThat(host.allocations()).isZero();
  }
}
