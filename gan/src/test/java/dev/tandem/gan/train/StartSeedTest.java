package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.gan.objective.AdversarialLosses;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.pair.Latent;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Starts without a seed draw one of their own; saves bring theirs along. */
class StartSeedTest {

  private static final Dataset DATA =
      Dataset.builder().input("x", Nd4j.linspace(-1, 1, 32, DataType.FLOAT).reshape(16, 2)).build();

  /** Over nets without names, drawn anew each time. */
  private static AdversarialTraining recipe() {
    Model generator = Model.sequential("g", Input.of("z", 2), Dense.units(4), Dense.units(2));
    Model critic = Model.sequential("d", Input.of("x", 2), Dense.units(4), Dense.units(1));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, critic, Latent.normal(2)),
            Objective.of(AdversarialLosses.hinge()))
        .batch(4);
  }

  private static INDArray samplesAfter(AdversarialTrainer trainer, int rounds) {
    trainer.train(rounds);
    return trainer.sample(8, 1);
  }

  @Test
  void start_withoutASeed_drawsOneThatRepeatsIt() {
    try (AdversarialTrainer one = recipe().start(DATA);
        AdversarialTrainer two = recipe().start(DATA);
        AdversarialTrainer again = recipe().seed(one.seed()).start(DATA)) {
      INDArray expected = samplesAfter(one, 3);

      assertThat(one.seed()).isNotEqualTo(two.seed());
      assertThat(samplesAfter(two, 3)).isNotEqualTo(expected);
      assertThat(samplesAfter(again, 3)).isEqualTo(expected);
    }
  }

  @Test
  void resume_withoutASeed_goesOnWithTheSavedOneBitForBit(@TempDir Path folder) {
    try (AdversarialTrainer trainer = recipe().start(DATA)) {
      trainer.train(2);
      trainer.save(folder);
      try (AdversarialTrainer resumed = recipe().resume(DATA, folder)) {
        assertThat(resumed.seed()).isEqualTo(trainer.seed());
        assertThat(samplesAfter(resumed, 2)).isEqualTo(samplesAfter(trainer, 2));
      }
      long other = trainer.seed() + 1;
      assertThatThrownBy(() -> recipe().seed(other).resume(DATA, folder))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("seed was " + trainer.seed() + " and is " + other);
    }
  }
}
