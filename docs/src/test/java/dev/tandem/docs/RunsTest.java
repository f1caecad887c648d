package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.Measuring;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of docs/runs.md. */
class RunsTest {

  @Test
  void log_ofARun_holdsItsNumbers(@TempDir Path folder) throws IOException {
    INDArray points = Nd4j.createUninitialized(DataType.FLOAT, 64, 2);
    CounterRandom.of(1).normal(points);
    Dataset data = Dataset.builder().input("samples", points).build();
    try (AdversarialTrainer trainer =
        Presets.named("r3gan").on(data).batch(8).seed(1).start(data)) {
      // region log
      Measuring spread =
          Measuring.of("deviation", 10, t -> t.sample(64, 1).stdNumber().doubleValue())
              .keepingHighest(folder.resolve("best"));
      trainer
          .with(JsonlLog.to(folder.resolve("metrics.jsonl")).every(5).with(spread))
          .with(
              RollingCheckpoints.in(folder.resolve("checkpoints"), 3, 500)
                  .orEvery(Duration.ofMinutes(10))
                  .goingOnWithout()); // a full disk is a warning
      trainer.train(20);

      Round round = trainer.round();
      double penalty = round.discriminatorTerms().get("r1");
      double told = round.realScore() - round.fakeScore();
      double slope = trainer.steps().generator().gradientNorm();
      // endregion
      assertThat(penalty).isNotNegative();
      assertThat(told).isFinite();
      assertThat(slope).isPositive();
    }
    assertThat(Files.readAllLines(folder.resolve("metrics.jsonl")))
        .hasSize(4)
        .last()
        .asString()
        .contains("\"round\":20", "\"d_r1\":", "\"deviation\":");
    assertThat(folder.resolve("best")).isNotEmptyDirectory();
  }
}
