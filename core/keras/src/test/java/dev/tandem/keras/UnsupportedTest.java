package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Tandem has nothing for is named with its place, all at once, and nothing is built. */
class UnsupportedTest {

  @TempDir Path directory;

  private List<String> problems(String name, UnaryOperator<String> edit) {
    Path file = Fixtures.edited(name, directory, edit);
    UnsupportedKerasException error =
        catchThrowableOfType(UnsupportedKerasException.class, () -> KerasFile.read(file));
    assertThat(error).as("an import of %s", name).isNotNull();
    return error.problems();
  }

  @Test
  void severalThings_inOneFile_areNamedAtOnce() {
    List<String> problems =
        problems(
            "convnet.keras",
            config ->
                config
                    .replace("\"class_name\": \"LeakyReLU\"", "\"class_name\": \"Lambda\"")
                    .replace("\"groups\": 1,", "\"groups\": 2,")
                    .replace("\"interpolation\": \"nearest\"", "\"interpolation\": \"bilinear\"")
                    .replace("\"activation\": \"softmax\"", "\"activation\": \"sparsemax\"")
                    .replace("\"class_name\": \"Permute\"", "\"class_name\": \"Attention\""));

    assertThat(problems).hasSize(5);
    assertThat(problems)
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("model \"convnet\", layer \"leaky\" (Lambda): is Python code"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .startsWith("model \"convnet\", layer \"conv1\" (Conv2D), groups: is 2;")
                    .contains("The same at model \"convnet\", layer \"conv2\" (Conv2D), groups;"))
        .anySatisfy(
            text -> assertThat(text).contains("\"larger\" (UpSampling2D), interpolation: is"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("\"classes\" (Dense), activation: is \"sparsemax\"; Tandem has no"))
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("\"turned\" (Attention): is a class that is not imported")
                    .contains("Conv2D, "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"data_format\": \"channels_last\" | \"data_format\": \"channels_first\" | channels last",
        "\"output_padding\": null | \"output_padding\": [7, 7] | set a smaller one",
        "\"negative_slope\": 0.2 | \"negative_slope\": 1.5 | slope",
        "\"axis\": -1, \"momentum\" | \"axis\": 1, \"momentum\" | last axis",
        "\"padding\": \"same\" | \"padding\": \"causal\" | pads \"valid\" or \"same\"",
        "\"noise_shape\": null | \"noise_shape\": [1, 2] | each element",
        "\"name\": \"float32\" | \"name\": \"int8\" | float32 or float64: save",
        "\"filters\": 4 | \"filters\": \"4\" | a whole number above 0",
        "\"filters\": 4 | \"filters\": null | is missing",
        "\"shared_axes\" | \"shared_axis\" | is not known here",
        "\"batch_shape\": [null, 8, 8, 2] | \"batch_shape\": [null, null, 8, 2] | .input(\"image\"",
        "\"dtype\": \"float32\", \"sparse\": false | \"dtype\": \"uint8\", \"sparse\": false |"
            + " uint8",
        "[\"conv1\", 0, 0] | [\"conv9\", 0, 0] | which is not there",
        "[\"conv1\", 0, 0] | [\"conv1\", 3, 0] | is called 1 times",
        "[\"conv1\", 0, 0] | [\"leaky\", 0, 0] | no way from the inputs",
        "\"kwargs\": {} | \"kwargs\": {\"scale\": 2} | is called with scale=2",
        "\"module\": \"keras.layers\", \"class_name\": \"ReLU\" | \"module\": \"mine\","
            + " \"class_name\": \"ReLU\" | class of your own",
        "\"dims\": [3, 1, 2] | \"dims\": [3, 1] | not an order",
        "\"name\": \"bn1\", \"trainable\" | \"name\": \"conv1\", \"trainable\" | another name",
      })
  void aSetting_thatTandemLacks_isNamedWithItsPlace(String from, String to, String word) {
    List<String> problems = problems("convnet.keras", config -> config.replace(from, to));

    assertThat(problems)
        .allSatisfy(text -> assertThat(text).startsWith("model \"convnet\""))
        .anySatisfy(text -> assertThat(text).contains(word));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"stateful\": false | \"stateful\": true | without it",
        "\"activation\": \"tanh\" | \"activation\": \"linear\" | need an activation",
        "\"class_name\": \"Dense\" | \"class_name\": \"ConvLSTM2D\" | is a class that is not"
            + " imported",
      })
  void aSetting_ofSequences_isNamedWithItsPlace(String from, String to, String word) {
    assertThat(problems("sequence.keras", config -> config.replace(from, to)))
        .anySatisfy(text -> assertThat(text).startsWith("model \"sequence\"").contains(word));
  }

  @Test
  void aSubclassedModel_isNamed() {
    assertThat(
            problems(
                "sequence.keras", config -> "{\"class_name\": \"Mine\", \"config\": {\"a\": 1}}"))
        .singleElement()
        .asString()
        .contains("of class Mine, whose layers are Python code");
  }

  @Test
  void openSizes_areGivenByName_andChecked() {
    Path file =
        Fixtures.edited(
            "sequence.keras", directory, config -> config.replace("[null, 6]", "[null, null]"));

    KerasModel imported = KerasFile.of(file).input("words", 6).read();

    Fixtures.assertPredicts(imported.model(), "sequence", false);
    assertThatThrownBy(() -> KerasFile.of(file).input("word", 6).read())
        .hasMessageContaining("has no input \"word\"; it has [words]");
    assertThatThrownBy(() -> KerasFile.of(Fixtures.file("sequence.keras")).input("words", 7).read())
        .hasMessageContaining("is (batch, 6) in the file");
  }
}
