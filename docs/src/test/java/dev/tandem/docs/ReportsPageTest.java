package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.tensorboard.TensorBoardFit;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.gan.image.ImageGrid;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.TensorBoardLog;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** What docs/reports.md shows. */
class ReportsPageTest {

  @TempDir private Path folder;

  @Test
  void runOfAGan_withTheCallback_leavesAnEventFile() {
    Model generator =
        Model.sequential(
            "g",
            Input.of("z", 2),
            Dense.units(4),
            Reshape.of(2, 2, 1),
            Conv2DTranspose.filters(1).kernel(2).stride(2).padding(Padding.SAME));
    Model critic = Model.sequential("d", Input.of("x", 4, 4, 1), Flatten.of(), Dense.units(1));
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(generator, critic, Latent.normal(2)),
                Objective.of(AdversarialLosses.hinge()))
            .batch(4)
            .seed(1);
    Dataset images = Dataset.builder().input("x", Nd4j.rand(8, 4, 4, 1)).build();
    try (AdversarialTrainer trainer = recipe.start(images)) {
      // region gan
      trainer.with(
          TensorBoardLog.in(folder.resolve("tensorboard"))
              .every(10)
              .picturesEvery(100)
              .painting(t -> ImageGrid.ofColumns(2).draw(t.sample(4, 1))));
      // endregion
      trainer.train(2);
    }
    assertThat(folder.resolve("tensorboard")).isDirectoryContaining("glob:**/events.out.*");
  }

  @Test
  void fit_withTheCallback_leavesAnEventFile() {
    Model model = Model.sequential("m", Input.of("x", 2), Dense.units(1));
    Dataset data =
        Dataset.builder().input("x", Nd4j.rand(8, 2)).target("y", Nd4j.rand(8, 1)).build();
    try (Trainer trainer = model.compile(Training.with(Sgd.rate(.1)).loss(meanSquaredError()))) {
      // region fit
      trainer.fit(data, Fit.epochs(2).callbacks(TensorBoardFit.in(folder.resolve("fit")).every(1)));
      // endregion
    }
    assertThat(folder.resolve("fit")).isDirectoryContaining("glob:**/events.out.*");
  }
}
