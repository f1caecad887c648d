package dev.tandem.keras;

import static dev.tandem.core.loss.Losses.meanSquaredError;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Flags of both levels, sharing and calls as in inference arrive as they were in Keras. */
class FlagsAndSharingTest {

  @TempDir Path directory;

  private static Model twins(String ending) {
    return KerasFile.read(Fixtures.file("nested" + ending)).model();
  }

  private static List<String> names(Model model, List<Weight> weights) {
    Map<Weight, String> paths = model.weightsByPath().inverse();
    return weights.stream().map(paths::get).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {".keras", ".h5"})
  void flags_ofBothLevels_areThoseOfTheFile(String ending) {
    Model twins = twins(ending);

    assertThat(twins.isTrainable()).isTrue();
    assertThat(twins.model("encoder").isTrainable()).isFalse();
    assertThat(twins.model("encoder").layer("bn").isTrainable()).isFalse();
    assertThat(twins.model("inner").isTrainable()).isTrue();
    assertThat(twins.model("inner").layer("fc1").isTrainable()).isTrue();
    assertThat(twins.model("inner").layer("fc2").isTrainable()).isFalse();
    assertThat(names(twins, twins.nonTrainableWeights()))
        .containsExactlyInAnyOrder(
            "encoder/lift/kernel",
            "encoder/lift/bias",
            "encoder/bn/gamma",
            "encoder/bn/beta",
            "encoder/bn/moving_mean",
            "encoder/bn/moving_variance",
            "inner/fc2/kernel",
            "inner/fc2/bias",
            "second/norm/moving_mean",
            "second/norm/moving_variance");
  }

  @Test
  void aLayerOfTwoModels_isOneLayer() {
    Model twins = twins(".keras");

    assertThat(twins.model("first").layer("shared"))
        .isSameAs(twins.model("second").layer("shared"));
    assertThat(twins.model("first").layer("own")).isNotSameAs(twins.model("second").layer("own"));
    assertThat(twins.outputs(twins.model("encoder"))).hasSize(2);
  }

  @Test
  void aFileThatSaysNothingOfSharing_givesTwoLayers_andADoubt() {
    KerasModel imported = KerasFile.read(Fixtures.file("nested.h5"));
    Model twins = imported.model();

    assertThat(twins.model("first").layer("shared"))
        .isNotSameAs(twins.model("second").layer("shared"));
    assertThat(imported.report().layer("second/shared").notes())
        .singleElement()
        .asString()
        .contains("has the name and settings of \"shared\" of model \"twins\", model \"first\"")
        .contains("it is two here");
  }

  @Test
  void aStep_leavesAFrozenModelOfKerasAsItIs_statisticsIncluded() {
    Model twins = twins(".keras");
    Map<String, INDArray> before = values(twins);
    Map<String, INDArray> inputs = Fixtures.inputs("nested", twins);
    Map<String, INDArray> targets =
        twins.outputs().entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey,
                    entry -> Nd4j.ones(entry.getValue().shape().withBatch(5).toArray())));
    Training recipe = Training.with(Sgd.rate(0.1));
    for (String output : twins.outputs().keySet()) {
      recipe = recipe.loss(output, meanSquaredError());
    }

    try (Trainer trainer = twins.compile(recipe)) {
      trainer.trainOnBatch(Examples.of(inputs, targets));
    }

    Map<String, INDArray> after = values(twins);
    for (String path : before.keySet()) {
      boolean held = path.startsWith("encoder/") || path.startsWith("inner/fc2/");
      assertThat(after.get(path).equals(before.get(path))).as(path).isEqualTo(held);
    }
  }

  private static Map<String, INDArray> values(Model model) {
    return model.weightsByPath().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().values()));
  }

  @Test
  void aFrozenModel_isTrainedAgain_onceBothLevelsAreGivenBack() {
    KerasModel imported = KerasFile.read(Fixtures.file("nested.keras"));
    Model encoder = imported.model().model("encoder");
    assertThat(imported.report().layer("encoder").notes())
        .singleElement()
        .asString()
        .contains("2 of its 2 parts are frozen too, as Keras writes the flag of a model into them");

    encoder.setTrainable(true);
    assertThat(encoder.trainableWeights()).isEmpty();

    for (Operation layer : encoder.layers()) {
      layer.setTrainable(true);
    }
    assertThat(names(encoder, encoder.trainableWeights()))
        .containsExactly("lift/kernel", "lift/bias", "bn/gamma", "bn/beta");
  }

  @Test
  void aModelWhoseFlagIsOffAtTheTop_isFrozenAsAWhole() {
    Path file =
        Fixtures.edited(
            "nested.keras",
            directory,
            config ->
                config.replace(
                    "\"name\": \"twins\", \"trainable\": true",
                    "\"name\": \"twins\", \"trainable\": false"));

    KerasModel imported = KerasFile.read(file);

    assertThat(imported.model().isTrainable()).isFalse();
    assertThat(imported.model().trainableWeights()).isEmpty();
    assertThat(imported.report().notes())
        .anySatisfy(note -> assertThat(note).startsWith("the model is frozen as a whole"));
  }

  @Test
  void aModeThatALayerWasCalledIn_isThatOfTrainingAndPrediction_asInKeras3() {
    Path file =
        Fixtures.edited(
            "convnet.keras",
            directory,
            config -> config.replace("\"kwargs\": {}", "\"kwargs\": {\"training\": false}"));

    KerasModel imported = KerasFile.read(file);

    Fixtures.assertPredicts(imported.model(), "convnet", false);
    assertThat(imported.report().layer("bn1").notes())
        .anySatisfy(
            note -> assertThat(note).startsWith("is called with training=False, which fit"));
    assertThat(imported.report().layer("conv1").notes()).isEmpty();
  }

  @Test
  void aLayerOfANestedModel_thatTheOuterOneCallsToo_isOne() {
    Model twins = KerasFile.read(Fixtures.file("real_twins.keras")).model();

    assertThat(twins.layer("lift")).isSameAs(twins.model("encoder").layer("lift"));
  }

  @Test
  void aWrappedLayer_keepsTheFlagOfTheInnerOne() {
    KerasModel imported = KerasFile.read(Fixtures.file("real_critic.keras"));

    assertThat(imported.model().layer("sn1").isTrainable()).isTrue();
    assertThat(imported.model().layer("sn2").isTrainable()).isFalse();
    assertThat(imported.report().layer("sn1").notes())
        .singleElement()
        .asString()
        .contains("Keras predicts with the kernel as it is stored");
  }
}
