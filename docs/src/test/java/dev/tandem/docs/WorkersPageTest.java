package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.History;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.Workers;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of the page on workers. */
class WorkersPageTest {

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  @Test
  void fit() {
    Dataset data =
        Dataset.builder().input("x", normal(1, 64, 3)).target("y", normal(2, 64, 1)).build();
    // region fit
    List<History> histories =
        Workers.threads(2)
            .call(
                worker -> {
                  Model model =
                      Model.sequential("net", Input.of("x", 3), Dense.units(1).named("y"));
                  Training recipe =
                      Training.with(Adam.rate(1e-2)).loss(meanSquaredError()).seed(1).over(worker);
                  try (Trainer trainer = model.compile(recipe)) {
                    return trainer.fit(data, Fit.epochs(3).batchSize(8));
                  }
                });
    // endregion
    assertThat(histories.get(1).epochs()).isEqualTo(histories.get(0).epochs()).hasSize(3);
  }

  @Test
  void gan(@TempDir Path directory) {
    Dataset data =
        Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 200)).build();
    // region gan
    Workers.threads(2)
        .run(
            worker -> {
              try (AdversarialTrainer trainer =
                  Presets.named("r3gan").on(data).batch(16).seed(1).over(worker).start(data)) {
                trainer.train(20);
                if (worker.rank() == 0) {
                  trainer.save(directory);
                }
              }
            });
    // endregion
    assertThat(Files.exists(directory.resolve("manifest.json"))).isTrue();
  }

  /** Here are no two cards, as a rule. */
  @Test
  void cards() {
    Dataset data =
        Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 200)).build();
    try {
      // region cards
      Workers.cards(2)
          .run(
              worker -> {
                AdversarialTraining recipe = Presets.named("r3gan").on(data).batch(16).seed(1);
                try (AdversarialTrainer trainer = recipe.over(worker).start(data)) {
                  trainer.train(20);
                }
              });
      // endregion
    } catch (IllegalStateException e) {
      assertThat(e).hasMessageContaining("card");
    }
  }

  @Test
  void averaging() {
    Dataset data =
        Dataset.builder().input("point", Mixture.named("ring8-pacgan").batch(1, 0, 200)).build();
    // region averaging
    List<Long> rounds =
        Workers.threads(2)
            .call(
                worker -> {
                  AdversarialTraining recipe = Presets.named("r3gan").on(data).batch(16).seed(1);
                  try (AdversarialTrainer trainer =
                      recipe.over(worker, Exchange.averaging(10)).start(data)) {
                    trainer.train(20); // means after rounds 10 and 20
                    return trainer.counters().rounds();
                  }
                });
    // endregion
    assertThat(rounds).containsExactly(20L, 20L);
  }
}
