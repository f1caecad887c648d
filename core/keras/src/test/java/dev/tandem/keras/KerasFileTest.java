package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models come out of both of Keras's formats and predict what the formulas say. */
class KerasFileTest {

  @ParameterizedTest
  @CsvSource({
    "convnet, .keras", "convnet, .h5",
    "sequence, .keras", "sequence, .h5",
    "nested, .keras", "nested, .h5"
  })
  void model_ofEitherFormat_predictsWhatNumPyComputed(String name, String ending) {
    KerasModel imported = KerasFile.read(Fixtures.file(name + ending));

    Fixtures.assertPredicts(imported.model(), name, ending.equals(".h5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"steps.keras", "steps.h5"})
  void layersOfSequences_predictWhatKerasDoes(String name) {
    Model model = KerasFile.read(Fixtures.file(name)).model();

    Fixtures.assertPredicts(model, "steps", false);
    assertThat(model.countParams()).isEqualTo(Fixtures.params("steps"));
  }

  @Test
  void anArchiveOfKeras2_whoseListHasLayersTwice_isRead() {
    Model model = KerasFile.read(Fixtures.file("sequence_2_13.keras")).model();

    Fixtures.assertPredicts(model, "sequence", true);
  }

  @TempDir Path directory;

  @Test
  void anImportedModel_isSavedAndLoadedLikeAnyOther() {
    ModelFile.save(KerasFile.read(Fixtures.file("convnet.keras")).model(), directory);

    Fixtures.assertPredicts(ModelFile.load(directory), "convnet", false);
  }

  @Test
  void aFolderOfTheSameEntries_isReadToo() throws IOException {
    Fixtures.unpack("sequence.keras", directory);

    Fixtures.assertPredicts(KerasFile.read(directory).model(), "sequence", false);
  }
}
