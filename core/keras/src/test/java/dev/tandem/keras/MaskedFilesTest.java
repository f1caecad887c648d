package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Masks, states and attention of Keras 3.15.1's own files: predictions, losses, metrics, steps. */
class MaskedFilesTest {

  @ParameterizedTest
  @CsvSource({"masked_tagger, .keras", "masked_tagger, .h5", "masked_translator, .keras"})
  void model_withMasks_predictsWhatKerasComputed(String name, String ending) {
    KerasModel imported = KerasFile.read(Fixtures.file(name + ending));

    Fixtures.assertPredicts(imported.model(), name, false);
    assertThat(imported.model().countParams()).isEqualTo(Fixtures.params(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "weighted"})
  void losses_metricsAndAStep_areThoseOfKeras(String kind) {
    Model model = KerasFile.read(Fixtures.file("masked_tagger.keras")).model();
    assertThat(model.outputs().values().stream().map(SymbolicTensor::isMasked).toList())
        .containsExactly(true, false);
    Training recipe =
        Training.with(Sgd.rate(0.5))
            .loss("tags", Losses.sparseCategoricalCrossentropy())
            .loss("kind", Losses.meanSquaredError())
            .metrics("tags", Metrics.accuracy())
            .inference(model.layer("dropped"));
    Examples examples =
        Examples.of(Fixtures.inputs("masked_tagger", model))
            .target("tags", Fixtures.array("masked_tagger", "labels").castTo(DataType.INT32))
            .target("kind", Fixtures.array("masked_tagger", "target").castTo(DataType.FLOAT));
    if (kind.equals("weighted")) {
      INDArray weights = Fixtures.array("masked_tagger", "weights");
      examples = examples.weights("tags", weights.castTo(DataType.FLOAT));
    }
    try (Trainer trainer = model.compile(recipe)) {
      var judged = trainer.testOnBatch(examples);
      assertThat(judged.losses().get("tags"))
          .isCloseTo(Fixtures.number("masked_tagger", kind, "tags_loss"), within(1e-5));
      assertThat(judged.losses().get("kind"))
          .isCloseTo(Fixtures.number("masked_tagger", kind, "kind_loss"), within(1e-5));
      assertThat(judged.metrics().get("tags_accuracy"))
          .isCloseTo(Fixtures.number("masked_tagger", kind, "tags_accuracy"), within(1e-5));
      trainer.trainOnBatch(examples);
    }
    Map<String, INDArray> moved = Fixtures.arrays("masked_tagger", kind, "moved");
    for (String name : new String[] {"table", "lstm", "bn", "last", "tags"}) {
      for (Weight weight : model.layer(name).weights()) {
        INDArray wanted =
            moved.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(name + "/"))
                .filter(entry -> entry.getKey().endsWith("/" + weight.name()))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(weight.values().castTo(DataType.DOUBLE).sub(wanted).amaxNumber().doubleValue())
            .as("%s/%s", name, weight.name())
            .isLessThan(2e-5);
      }
    }
    assertThat(model.layer("dropped")).isInstanceOf(Dropout.class);
  }

  @Test
  void mask_ofSomebodysOwn_isRefusedByName(@TempDir Path folder) {
    Path other =
        Fixtures.edited(
            "masked_tagger.keras",
            folder,
            text -> text.replace("\"mask_zero\": true", "\"mask_zero\": false"));
    assertThatThrownBy(() -> KerasFile.read(other))
        .isInstanceOf(UnsupportedKerasException.class)
        .hasMessageContaining("is called with a mask of its own, \"not_equal\"");
  }
}
