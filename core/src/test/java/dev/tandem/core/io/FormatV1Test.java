package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/** Directories that were written by format 1 load for ever. */
class FormatV1Test {

  private static final Path FROZEN = Path.of("src/test/resources/formats/v1");

  /** What the model gave when it was frozen. */
  private static final double SCORE = 0.62554419;

  @TempDir Path folder;

  private static List<Double> numbers(int start, long length) {
    return IntStream.range(0, (int) length).mapToObj(i -> (i + start) / 64.0).toList();
  }

  private static void assertWeights(Model model) {
    assertThat(model.weightsByPath().keySet())
        .containsExactly(
            "features/conv/kernel",
            "features/conv/bias",
            "features/norm/gamma",
            "features/norm/beta",
            "features/norm/moving_mean",
            "features/norm/moving_variance",
            "steps/step/kernel",
            "score/kernel",
            "score/bias");
    for (Weight weight : model.weights()) {
      assertThat(Nets.values(weight.values()))
          .isEqualTo(numbers(weight.name().length(), weight.length()));
    }
  }

  @Test
  void load_ofWeights_givesThem() {
    Model model = FrozenSaves.model();
    Nets.disturb(model);

    Weights.load(model, FROZEN.resolve("weights"));

    assertWeights(model);
  }

  @Test
  void load_ofAModel_givesLayersFlagsWeightsAndPredictions() {
    Model model = ModelFile.load(FROZEN.resolve("model"));

    assertWeights(model);
    assertThat(model.inputs().keySet()).containsExactly("left", "right", "sequence");
    assertThat(model.outputs().keySet()).containsExactly("score");
    Model features = model.model("features");
    assertThat(model.isTrainable()).isTrue();
    assertThat(features.isTrainable()).isFalse();
    assertThat(features.layer("conv").isTrainable()).isTrue();
    assertThat(features.layer("norm").isTrainable()).isFalse();
    assertThat(model.outputs(features)).hasSize(2);
    Conv2D conv = (Conv2D) features.layer("conv");
    assertThat(conv.settings().values())
        .containsEntry("filters", 2)
        .containsEntry("kernel", List.of(3, 3))
        .containsEntry("padding", Padding.SAME);
    assertThat(((BatchNormalization) features.layer("norm")).settings().values())
        .containsEntry("momentum", 0.8);
    assertThat(((TimeDistributed) model.layer("steps")).wrapped().name()).isEqualTo("step");
    assertPrediction(model);
  }

  private static void assertPrediction(Model model) {
    try (Predictor predictor = Predictor.of(model)) {
      double score =
          predictor
              .predict(
                  Map.of(
                      "left", Nd4j.ones(1, 4, 4, 1).muli(0.1),
                      "right", Nd4j.ones(1, 4, 4, 1).muli(-0.2),
                      "sequence", Nd4j.ones(1, 2, 3).muli(0.5)))
              .get("score")
              .getDouble(0);
      assertThat(score).isCloseTo(SCORE, within(1e-5));
    }
  }

  @Test
  void restore_ofACheckpoint_givesTrainersAndNotes() {
    Model model = FrozenSaves.model();
    Nets.disturb(model);
    try (Trainer trainer = FrozenSaves.trainer(model)) {
      RunState state = FrozenSaves.checkpoint(trainer).restore(FROZEN.resolve("checkpoint"));

      assertWeights(model);
      assertThat(trainer.steps()).isEqualTo(7);
      assertThat(trainer.state().slots().keySet())
          .containsExactly(
              "steps/step/kernel#m",
              "steps/step/kernel#v",
              "score/kernel#m",
              "score/kernel#v",
              "score/bias#m",
              "score/bias#v");
      trainer
          .state()
          .slots()
          .forEach(
              (name, slot) ->
                  assertThat(Nets.values(slot.array()))
                      .isEqualTo(numbers(name.length(), slot.spec().shape().length())));
      assertThat(state.position()).contains(new BatchPosition(3, 12));
      assertThat(state.number("noise")).isEqualTo(1234567890123L);
      assertThat(state.text("by")).isEqualTo("hand");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"weights", "model", "checkpoint"})
  void save_today_writesTheSameBytesAsEver(String kind) throws IOException {
    FrozenSaves.write(folder);

    assertThat(folder.resolve(kind).resolve("arrays-0.bin"))
        .hasSameBinaryContentAs(FROZEN.resolve(kind).resolve("arrays-0.bin"));
    assertThat(manifest(folder.resolve(kind))).isEqualTo(manifest(FROZEN.resolve(kind)));
  }

  /** A manifest without the version of the library and the checksum that covers it. */
  private static String manifest(Path directory) throws IOException {
    return Files.readString(directory.resolve("manifest.json"))
        .replace("\r", "")
        .replaceFirst("\"library\": \"[^\"]*\"", "\"library\": \"\"")
        .replaceFirst(",\n  \"crc32c\": \"[0-9a-f]{8}\"\n}\n$", "");
  }
}
