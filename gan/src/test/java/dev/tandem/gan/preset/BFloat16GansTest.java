package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.engine.RoundingEngines;
import dev.tandem.core.op.Precision;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.gan.train.AdversarialCallback;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Round;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Training pairs in bfloat16. */
class BFloat16GansTest {

  @TempDir Path directory;

  static List<Preset> all() {
    return Presets.all();
  }

  private static AdversarialTraining in(Precision precision, AdversarialTraining recipe) {
    return recipe.engine(RoundingEngines.here()).precision(precision).seed(1);
  }

  private static List<Round> rounds(AdversarialTraining recipe, Dataset data, int count) {
    List<Round> rounds = new ArrayList<>();
    try (AdversarialTrainer trainer = Samples.start(recipe, data)) {
      trainer.with(
          new AdversarialCallback() {
            @Override
            public void onRound(AdversarialTrainer of, Round round) {
              rounds.add(round);
            }
          });
      trainer.train(count);
      for (var net : List.of(recipe.pair().generator(), recipe.pair().discriminator())) {
        net.weights()
            .forEach(
                weight -> {
                  assertThat(weight.values().dataType()).isEqualTo(DataType.FLOAT);
                  assertThat(weight.values().isNaN().any() || weight.values().isInfinite().any())
                      .as(weight.path())
                      .isFalse();
                });
      }
    }
    return rounds;
  }

  /** Penalties by gradients of gradients, spectral norms, all kinds of pairs. */
  @ParameterizedTest
  @MethodSource("all")
  void preset_onPoints_trainsAsInFloat32(Preset preset) {
    assertFirstRoundsClose(preset, Samples.points(16));
  }

  @ParameterizedTest
  @ValueSource(strings = "dcgan")
  void preset_onImages_trainsAsInFloat32(String name) {
    assertFirstRoundsClose(Presets.named(name), Samples.images(12));
  }

  private static void assertFirstRoundsClose(Preset preset, Dataset data) {
    Round exact = rounds(in(Precision.FLOAT32, preset.on(data).batch(2)), data, 1).get(0);
    Round narrow = rounds(in(Precision.BF16, preset.on(data).batch(2)), data, 1).get(0);

    assertClose(narrow.discriminatorLoss(), exact.discriminatorLoss());
    assertClose(narrow.generatorLoss(), exact.generatorLoss());
  }

  private static void assertClose(double narrow, double exact) {
    assertThat(narrow).isCloseTo(exact, within(.03 * (1 + Math.abs(exact))));
  }

  @ParameterizedTest
  @ValueSource(strings = "wgan-gp")
  void losses_over50RoundsWithAPenalty_areNearThoseOfFloat32(String name) {
    Dataset data = Samples.points(64);
    AdversarialTraining recipe = Presets.named(name).on(data).batch(16).initializing();
    List<Round> exact = rounds(in(Precision.FLOAT32, recipe), data, 50);
    List<Round> narrow = rounds(in(Precision.BF16, recipe), data, 50);

    assertThat(narrow).isNotEqualTo(exact);
    for (int i = 0; i < 50; i++) {
      double loss = exact.get(i).discriminatorLoss();
      assertThat(narrow.get(i).discriminatorLoss())
          .isCloseTo(loss, within(.1 * (1 + Math.abs(loss))));
    }
  }

  @Test
  void save_ofARun_notesItsPrecisionAndIsResumedInItAlone() {
    Dataset data = Samples.points(32);
    AdversarialTraining recipe = Presets.named("dcgan").on(data).batch(8);
    AdversarialTraining narrow = in(Precision.BF16, recipe);
    try (AdversarialTrainer trainer = narrow.start(data)) {
      trainer.train(2);
      trainer.save(directory);
    }

    try (AdversarialTrainer resumed = narrow.resume(data, directory)) {
      assertThat(resumed.train(1).counters().rounds()).isEqualTo(3);
    }
    assertThatThrownBy(() -> in(Precision.FLOAT32, recipe).resume(data, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("was saved with other settings:")
        .message()
        .containsPattern("precision +bf16 +float32");
  }

  @Test
  void start_onAnEngineWithoutIt_isRefusedBeforeAnythingChanges() {
    Dataset data = Samples.points(32);
    AdversarialTraining recipe =
        Presets.named("dcgan").on(data).engine(new SameDiffEngine()).precision(Precision.BF16);

    assertThatThrownBy(() -> recipe.start(data))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the engine SAMEDIFF does not compute in bf16: ");
    assertThat(recipe.pair().generator().weights()).allMatch(weight -> weight.isNew());
  }
}
