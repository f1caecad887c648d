package dev.tandem.examples.finetune;

import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.examples.cli.Studies;
import dev.tandem.examples.digits.FewDigits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class FinetuneTest {

  private static final Mnist MNIST = FewDigits.of(PixelRange.ZERO_TO_ONE, 32);
  private static final Dataset ROWS = rows(MNIST.train());

  private static Dataset rows(LabeledImages all) {
    return Dataset.builder().input("image", all.images()).target("label", all.labels()).build();
  }

  @Test
  void ways_thatHoldTheTrunkStill_keepItsBitsAndThoseOfItsStatistics() {
    Model trunk = TunedNet.newTrunk().initialize(1);
    Training recipe =
        Training.with(Adam.rate(1e-2))
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .metrics(accuracy())
            .heldUsesBatchStatistics()
            .seed(1);
    for (Way way : Way.ALL) {
      TunedNet net = way.net(trunk, 1);
      List<INDArray> before = values(net.trunk());
      INDArray head = net.head().weight("kernel").values();
      try (Trainer trainer = way.compile(net, recipe)) {
        int moved = trainer.moves().size();
        trainer.fit(ROWS, Fit.epochs(2).batchSize(32));

        assertThat(net.head().weight("kernel").values()).isNotEqualTo(head);
        assertThat(moved).as("%s", way).isIn(2, 14);
        assertThat(values(net.trunk()).equals(before)).as("%s", way).isEqualTo(moved == 2);
      }
      assertThat(net.trunk().weights()).doesNotContainAnyElementsOf(trunk.weights());
    }
    assertThat(Way.ALL.stream().filter(way -> !way.fromMnist())).hasSize(1);
  }

  private static List<INDArray> values(Model model) {
    return model.weights().stream().map(Weight::values).toList();
  }

  @Test
  void study_ofFewSteps_leavesItsFilesAndARowForEachWay(@TempDir Path folder) {
    FinetuneCommand command = new FinetuneCommand();

    String table =
        Studies.run(
            command,
            command::study,
            2,
            folder,
            new FinetuneCommand.Pictures(ROWS, ROWS, rows(MNIST.test())));

    assertThat(folder).isDirectoryContaining("glob:**called.png");
    assertThat(folder.resolve("statistics.md")).content().contains("| norm1 ", "| norm3 ");
    assertThat(table.lines()).hasSize(2 + Way.ALL.size());
  }

  @Test
  void shift_ofImagesThatStatisticsWereTakenFrom_isNone() {
    Model trunk = TunedNet.newTrunk().initialize(2);
    try (Trainer trainer =
        TunedNet.on(trunk, 2)
            .model()
            .compile(
                Training.with(Adam.rate(0)) // only statistics move
                    .loss(sparseCategoricalCrossentropy().fromLogits())
                    .seed(1))) {
      trainer.fit(ROWS, Fit.epochs(200).batchSize(32));
      for (Shift shift : Shift.of(trunk, ROWS.input("image"), new PlanEngine())) {
        assertThat(shift.mean()).as("%s", shift).isLessThan(.05);
        assertThat(shift.deviation()).as("%s", shift).isBetween(.9, 1.1);
      }
    }
  }
}
