package dev.tandem.examples.autoencoder;

import static dev.tandem.core.loss.Losses.output;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.StepResult;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.Studies;
import dev.tandem.examples.digits.FewDigits;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

class AutoencoderTest {

  private static final Mnist MNIST = FewDigits.of(PixelRange.ZERO_TO_ONE, 200);

  @Test
  void models_ofAVae_shareEncoderAndDecoderAndTheTrainingMovesThem() {
    Autoencoder vae = Autoencoder.variational(3, 1);
    assertThat(vae.training().weights())
        .containsAll(vae.generator().weights())
        .containsAll(vae.encoder().weights())
        .containsAll(vae.reconstruction().weights());

    Weight mean = vae.encoder().weight("mean/kernel");
    Weight variance = vae.training().weight("log_variance/kernel");
    mean.set(Nd4j.zeros(mean.shape().toArray()));
    variance.set(Nd4j.zeros(variance.shape().toArray()));
    Training recipe =
        Training.with(Adam.rate(5e-3)).loss("missed", output()).loss("kl", output()).seed(1);
    try (Trainer trainer = vae.training().compile(recipe)) {
      Examples images = Examples.of(MNIST.train().images());
      StepResult first = trainer.trainOnBatch(images);
      assertThat(Objects.requireNonNull(first.losses().get("kl"))).isCloseTo(0, within(1e-6));
      double last = 0;
      for (int i = 0; i < 8; i++) {
        last = trainer.trainOnBatch(images).loss();
      }
      assertThat(last).isLessThan(.9 * first.loss());
      assertThat(mean.values().norm1Number().doubleValue()).isPositive();
    }
  }

  @Test
  void study_ofTwoSteps_leavesPicturesAndNetsThatFitEachOther(@TempDir Path folder) {
    AutoencoderCommand command = new AutoencoderCommand();
    new picocli.CommandLine(command).parseArgs("--latent", "5", "--samples", "100");

    String table = Studies.run(command, command::study, 2, folder, MNIST);

    for (String name : new String[] {"reconstructions", "plain", "variational", "between"}) {
      assertThat(folder).isDirectoryContaining("glob:**" + name + ".png");
    }
    assertThat(ModelFile.load(folder.resolve("encoder")).output().shape().size(1)).isEqualTo(5);
    assertThat(ModelFile.load(folder.resolve("generator")).output().shape().sample().toArray())
        .containsExactly(28, 28, 1);
    assertThat(table).contains("| autoencoder |", "| VAE ");
  }
}
