package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras 3.15.1 itself wrote predict here what Keras computed. */
class RealKerasTest {

  @ParameterizedTest
  @CsvSource({
    "real_images, .keras", "real_images, .h5",
    "real_sequences, .keras", "real_sequences, .h5",
    "real_twins, .keras", "real_twins, .h5",
    "real_generator, .keras", "real_generator, .h5",
    "real_critic, .keras", "real_critic, .h5"
  })
  void model_ofEitherFormat_predictsWhatKerasComputed(String name, String ending) {
    KerasModel imported = KerasFile.read(Fixtures.file(name + ending));

    Fixtures.assertPredicts(imported.model(), name, false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"real_images", "real_sequences", "real_twins", "real_generator", "real_critic"})
  void weights_ofAFile_comeIntoAModelOfOnesOwn(String name) {
    Model model = KerasFile.of(Fixtures.file(name + ".keras")).read().model();
    for (Weight weight : model.weights()) {
      weight.set(weight.values().muli(0.5));
    }

    KerasWeights.load(Fixtures.file(name + ".weights.h5"), model);

    Fixtures.assertPredicts(model, name, false);
    assertThat(model.weights()).isNotEmpty();
  }
}
