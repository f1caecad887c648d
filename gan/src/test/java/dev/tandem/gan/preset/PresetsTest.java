package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every preset makes images and points. */
class PresetsTest {

  static List<Preset> all() {
    return Presets.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void preset_onImages_trainsAndMakesImages(Preset preset) {
    Dataset data = Samples.images(12);
    AdversarialTraining recipe = preset.on(data).batch(2).seed(1);
    try (AdversarialTrainer trainer = Samples.start(recipe, data)) {
      assertThat(trainer.train(1).counters().generatorSteps()).isEqualTo(1);
      assertThat(trainer.sample(3, 1).shape()).containsExactly(3, 28, 28, 1);
      assertThat(trainer.sample(3, 1)).isEqualTo(trainer.sample(3, 1));
      assertThat(trainer.sample(3, 1)).isNotEqualTo(trainer.sample(3, 2));
    }
  }

  @Test
  void named_ofEachName_isThatPreset() {
    assertThat(Presets.all()).allSatisfy(p -> assertThat(Presets.named(p.name())).isSameAs(p));
    assertThatThrownBy(() -> Presets.named("gan"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no preset \"gan\"; there are [dcgan, wgan-gp, sngan,");
  }

  @Test
  void preset_ofSamplesWithoutNets_isRefused() {
    assertThatThrownBy(() -> Presets.named("dcgan").forSamples(Shape.of(30, 30, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("and for points (n), not for (30, 30, 3)");
  }

  @Test
  void pacgan_onPoints_hasTheNetsOfItsPaper() {
    AdversarialTraining recipe = Presets.named("pacgan2").forSamples(Shape.of(2));

    // 2 · 400, three times 400 · 400, 400 · 2 + 2, and four batch norms of 4 · 400
    assertThat(recipe.pair().generator().countParams())
        .isEqualTo(800 + 3 * 160_000 + 802 + 4 * 1600);
    // five pieces of 4 · 200 + 200, twice five of 200 · 200 + 200, and 201
    assertThat(recipe.pair().discriminator().countParams())
        .isEqualTo(5 * 1000 + 2 * 5 * 40_200 + 201);
    assertThat(recipe.batch()).isEqualTo(100);
  }

  @Test
  void r3gan_onPoints_hasSignsInItsLatentAndRatesThatFall() {
    AdversarialTraining recipe = Presets.named("r3gan").forSamples(Shape.of(2));

    assertThat(recipe.pair().latent()).isEqualTo(Latent.normalAndSigns(2, 8));
    assertThat(recipe.optimizers().generator().rate().at(1200)).isCloseTo(3.5e-4, within(1e-9));
    assertThat(recipe.optimizers().discriminator().rate().at(1200)).isCloseTo(2e-3, within(1e-9));
    assertThat(recipe.batch()).isEqualTo(256);
  }
}
