package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Starts without a seed take a fresh one, and keep weights unless told to initialize; saves bring
 * theirs along.
 */
class StartSeedTest {

  private static final Dataset DATA =
      Dataset.builder().input("x", Nd4j.linspace(-1, 1, 32, DataType.FLOAT).reshape(16, 2)).build();

  /** Over nets without names, built anew each time. */
  private static AdversarialTraining recipe() {
    Model generator = Model.sequential("g", Input.of("z", 2), Dense.units(4), Dense.units(2));
    Model critic = Model.sequential("d", Input.of("x", 2), Dense.units(4), Dense.units(1));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, critic, Latent.normal(2)),
            Objective.of(AdversarialLosses.hinge()))
        .initializing()
        .batch(4);
  }

  private static INDArray samplesAfter(AdversarialTrainer trainer, int rounds) {
    trainer.train(rounds);
    return trainer.sample(8, 1);
  }

  @Test
  void start_withoutASeed_takesAFreshOneThatRepeatsIt() {
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
  void start_unlessItInitializes_keepsTheWeightsOfBothNetworks() {
    AdversarialTraining recipe = recipe().keepingWeights().seed(3);
    recipe.pair().generator().initialize(5);
    recipe.pair().discriminator().initialize(6);
    List<INDArray> loaded = weights(recipe);
    try (AdversarialTrainer trainer = recipe.start(DATA)) {
      assertThat(weights(recipe)).isEqualTo(loaded);
      assertThat(trainer.recipe().initializes()).isFalse();
    }
    assertThat(AdversarialTraining.of(recipe.pair(), recipe.objective()).initializes()).isFalse();
  }

  @Test
  void start_initializing_replacesTheWeightsByThoseOfTheSeed() {
    AdversarialTraining recipe = recipe().initializing().seed(3);
    AdversarialTraining again = recipe().initializing().seed(3);
    List<INDArray> before = weights(recipe);
    try (AdversarialTrainer trainer = recipe.start(DATA);
        AdversarialTrainer other = again.start(DATA)) {
      assertThat(weights(recipe)).isNotEqualTo(before).isEqualTo(weights(again));
      assertThat(samplesAfter(trainer, 2)).isEqualTo(samplesAfter(other, 2));
    }
  }

  @Test
  void initializingAndBack_isAnEqualRecipe() {
    AdversarialTraining recipe = recipe();

    assertThat(recipe.keepingWeights().initializing()).isEqualTo(recipe);
    assertThat(recipe.keepingWeights()).isNotEqualTo(recipe);
  }

  private static List<INDArray> weights(AdversarialTraining recipe) {
    return Stream.of(recipe.pair().generator(), recipe.pair().discriminator())
        .flatMap(net -> net.weights().stream())
        .map(weight -> weight.values().dup())
        .toList();
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
          .hasMessageContaining("  seed  " + trainer.seed() + "  " + other);
    }
  }
}
