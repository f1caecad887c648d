package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.spark.FromWorkers;
import dev.tandem.core.spark.SparkWorkers;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.JsonlLog;
import dev.tandem.gan.train.RollingCheckpoints;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** The code of docs/spark.md. */
@Timeout(120)
class SparkPageTest {

  @TempDir Path directory;

  /** What the page's program reads; the program itself may hold no array. */
  static final class Digits {

    static Dataset read() {
      return Dataset.builder().input("point", Nd4j.linspace(-1, 1, 64).reshape(32, 2)).build();
    }

    private Digits() {}
  }

  @Test
  void program_onTheThreadsOfASpark() {
    String folder = "file://" + directory.resolve("checkpoints");
    try (JavaSparkContext spark =
        new JavaSparkContext(
            new SparkConf(false)
                .setMaster("local[2]")
                .setAppName("page")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1"))) {
      // region program
      SparkWorkers.of(spark)
          .count(2)
          .checkpoints(folder)
          .listening(FromWorkers.into(directory.resolve("run")))
          .run(
              worker -> {
                Dataset data = Digits.read();
                AdversarialTraining recipe =
                    Presets.named("r3gan").on(data).batch(16).seed(1).over(worker);
                try (AdversarialTrainer trainer = recipe.start(data)) {
                  worker.newest().ifPresent(trainer::restore);
                  trainer.with(RollingCheckpoints.in(worker.checkpoints(), 10));
                  Path metrics = worker.folder().resolve("metrics.jsonl");
                  trainer.with(JsonlLog.to(metrics));
                  while (trainer.counters().rounds() < 20) {
                    trainer.train(10);
                    if (worker.rank() == 0) {
                      worker.tell("metrics.jsonl", metrics);
                    }
                  }
                }
              });
      // endregion
    }
    assertThat(directory.resolve("checkpoints/step-000000020/manifest.json")).exists();
    assertThat(directory.resolve("run/metrics.jsonl")).content().hasLineCount(2);
  }
}
