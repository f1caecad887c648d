package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are cut, of another kind or made to harm are refused by name, with the next step. */
class DamagedFilesTest {

  @TempDir Path directory;

  private static String refused(Path file) {
    DataFileException error =
        catchThrowableOfType(DataFileException.class, () -> KerasFile.read(file));
    assertThat(error).as("reading %s", file).isNotNull();
    assertThat(error.getMessage()).startsWith(file.toString());
    return error.getMessage();
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(directory.resolve(name), bytes);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "version https://git-lfs.github.com/spec/v1 | git lfs pull",
        "'' | is empty",
        "{\"class_name\": \"Sequential\"} | save the whole model",
        "<!DOCTYPE html> | download it again",
        "something else | neither a .keras file (zip) nor an .h5 file",
      })
  void aFileOfAnotherKind_isSaidToBeOne(String text, String word) throws IOException {
    assertThat(refused(write("model.keras", text.getBytes(StandardCharsets.UTF_8)))).contains(word);
  }

  @Test
  void whatIsNoFile_isNamed() throws IOException {
    assertThat(refused(directory.resolve("gone.h5"))).contains("does not exist");
    assertThat(refused(directory)).contains("is a folder without config.json");
    Files.createFile(directory.resolve("saved_model.pb"));
    assertThat(refused(directory)).contains("SavedModel of TensorFlow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nested.keras", "nested.h5"})
  void aCutFile_isRefusedWherever(String name) {
    int length = (int) Fixtures.file(name).toFile().length();
    for (int part = 1; part < 20; part++) {
      int kept = length * part / 20;
      Path file = Fixtures.copy(name, directory, bytes -> Arrays.copyOf(bytes, kept));
      assertThat(refused(file)).containsAnyOf("it may have been cut", "no whole");
    }
  }

  @Test
  void aDamagedFile_isRefusedOrReadWithoutAnotherError() {
    for (int i = 0; i < 60; i++) {
      int at = i * 131;
      Path file =
          Fixtures.copy(
              "nested_legacy.weights.h5",
              directory,
              bytes -> {
                for (int j = 0; j < 16; j++) {
                  bytes[8 + (at + j * 977) % (bytes.length - 8)] ^= (byte) 0xff;
                }
                return bytes;
              });
      try {
        KerasFile.read(file);
        assertThat(i).as("weights alone are no model").isNegative();
      } catch (DataFileException refused) {
        assertThat(refused.getMessage()).startsWith(file.toString());
      }
    }
  }

  @Test
  void anArchiveThatLacksAnEntry_isNamed() {
    assertThat(refused(without("config.json"))).contains("it has no config.json");
    assertThat(refused(without("model.weights.h5"))).contains("has no model.weights.h5");
    Path other =
        Fixtures.repacked(
            "nested.keras",
            directory,
            (name, bytes) ->
                name.equals("config.json") ? "{\"a\": ".getBytes(StandardCharsets.UTF_8) : bytes);
    assertThat(refused(other)).contains("has a broken config.json").contains("line 1, column");
  }

  private Path without(String entry) {
    return Fixtures.repacked(
        "nested.keras", directory, (name, bytes) -> name.equals(entry) ? null : bytes);
  }

  @Test
  void anEntryThatGrowsWithoutEnd_isNotUnpacked() {
    Path file =
        Fixtures.repacked(
            "nested.keras",
            directory,
            (name, bytes) -> name.endsWith(".h5") ? new byte[(1 << 26) + 1] : bytes);

    assertThat(refused(file)).contains("grows to more than 100 times");
  }

  @Test
  void anArrayThatSaysItIsHuge_isNotRead() {
    Model model = Model.sequential("huge", Input.of("x", 16384), Dense.units(8192).named("dense"));

    assertThatThrownBy(() -> KerasWeights.load(Fixtures.file("bomb.weights.h5"), model))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("\"layers/dense/vars/0\" has 536870912 bytes and stores 0 of them");
  }

  @Test
  void hdf5OfSomethingElse_isNamed() {
    Path file = directory.resolve("other.h5");
    try (WritableHdfFile hdf = HdfFile.write(file)) {
      hdf.putGroup("measurements").putDataset("a", new float[] {1, 2});
    }

    assertThat(refused(file)).contains("is an HDF5 file, but none of Keras").contains("measurem");
  }

  @Test
  void weightsThatDoNotFitTheirModel_areAllNamed() {
    Path file =
        Fixtures.edited(
            "sequence.keras", directory, config -> config.replace("\"units\": 3", "\"units\": 7"));

    assertThat(refused(file))
        .contains("weights do not fit; nothing was loaded")
        .contains("\"layers/lstm_1/cell/vars/0\" is (4, 12) and lstm2/kernel is (4, 28)")
        .contains("steps/dense/kernel is (5, 7)");
  }
}
