package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is no whole save of a known format is refused in words, and no weight is changed. */
class LoadRefusalTest {

  @TempDir Path folder;

  private final Model model = Nets.chain("m", 1);
  private Path directory;
  private Path manifest;
  private Path arrays;

  @BeforeEach
  void save() {
    directory = folder.resolve("net");
    manifest = directory.resolve("manifest.json");
    arrays = directory.resolve("arrays-0.bin");
    Weights.save(model, directory);
    Nets.disturb(model);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused(Path place) {
    Map<String, List<Double>> before = Nets.values(model);
    AbstractThrowableAssert<?, ? extends Throwable> refusal =
        assertThatThrownBy(() -> Weights.load(model, place))
            .isInstanceOf(DataFileException.class)
            .hasMessageStartingWith(place + ": ");
    assertThat(Nets.values(model)).isEqualTo(before);
    return refusal;
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    Files.writeString(manifest, change.apply(Files.readString(manifest)));
  }

  @Test
  void load_fromNowhere_isRefused() {
    assertRefused(folder.resolve("none"))
        .hasMessageEndingWith("does not exist; give the directory that was saved to");
  }

  @Test
  void load_fromAFile_isRefused() {
    assertRefused(manifest)
        .hasMessageEndingWith("is a file, not a directory; give the directory that was saved to");
  }

  @Test
  void load_fromAnotherDirectory_isRefused() {
    assertRefused(folder)
        .hasMessageEndingWith(
            "has no manifest.json and is not a Tandem directory; give the directory that was saved"
                + " to");
  }

  @Test
  void load_fromAnEmptyDirectory_isRefused() throws IOException {
    assertRefused(Files.createDirectory(folder.resolve("empty")))
        .hasMessageEndingWith("is empty; give the directory that was saved to");
  }

  @Test
  void load_ofAnotherProgramsManifest_isRefused() throws IOException {
    Files.writeString(manifest, "{\"name\": \"app\", \"version\": 3}");

    assertRefused(directory)
        .hasMessageContaining(
            "is not a Tandem directory: manifest.json has no entry \"format\" that says"
                + " \"tandem\"");
  }

  @Test
  void load_ofATruncatedManifest_isRefused() throws IOException {
    edit(text -> text.substring(0, text.length() / 2));

    assertRefused(directory)
        .hasMessageContaining("manifest.json is no sound JSON (")
        .hasMessageContaining("nothing was loaded; take another copy");
  }

  @Test
  void load_ofAnEmptyManifest_isRefused() throws IOException {
    edit(text -> "");

    assertRefused(directory).hasMessageContaining("manifest.json");
  }

  @Test
  void load_ofAChangedManifest_isRefused() throws IOException {
    edit(text -> text.replace("\"a/bias\": 1", "\"a/bias\": 3"));

    assertRefused(directory)
        .hasMessageEndingWith(
            "manifest.json was changed after it was written: its checksum differs; nothing was"
                + " loaded; take another copy");
  }

  @Test
  void load_ofAManifestWithTheLineEndsOfAnotherSystem_works() throws IOException {
    edit(text -> text.replace("\n", "\r\n"));

    Weights.load(model, directory);

    assertThat(Nets.values(model)).isEqualTo(Nets.values(Nets.chain("m", 1)));
  }

  @Test
  void load_ofANewerFormat_isRefused() throws IOException {
    edit(
        text ->
            text.replace("\"version\": 1", "\"version\": 3")
                .replace("\"library\": \"development\"", "\"library\": \"0.4\""));

    assertRefused(directory)
        .hasMessageEndingWith(
            "was written by format 3 (Tandem 0.4); this library reads up to 1; upgrade it");
  }

  @Test
  void load_ofADuplicatePath_isRefused() throws IOException {
    Forgery.of(directory, text -> text.replace("\"a/bias\": 1", "\"a/kernel\": 1"));

    assertRefused(directory)
        .hasMessageContaining("manifest.json is no sound JSON (Duplicate field 'a/kernel'");
  }

  @Test
  void load_ofAManifestThatPointsElsewhere_isRefused() throws IOException {
    Forgery.of(
        directory,
        text -> text.replace("\"file\": \"arrays-0.bin\"", "\"file\": \"../arrays-0.bin\""));

    assertRefused(directory)
        .hasMessageContaining(
            "arrays are in \"../arrays-0.bin\", which is no file of this directory");
  }

  @Test
  void load_ofAManifestThatDoesNotHoldTogether_isRefused() throws IOException {
    Forgery.of(directory, text -> text.replace("\"a/bias\": 1", "\"a/bias\": 77"));

    assertRefused(directory)
        .hasMessageContaining(
            "manifest.json is damaged: models[0] weights \"a/bias\" is not in [0, 5): 77");
  }

  @Test
  void load_ofAnArrayOutsideTheFile_isRefused() throws IOException {
    Forgery.of(directory, text -> text.replace("\"offset\": 64", "\"offset\": 6400"));

    assertRefused(directory)
        .hasMessageContaining("manifest.json is damaged: arrays array \"a/bias\" ends at 6416 of");
  }

  @Test
  void load_ofAnArrayOfImpossibleSize_isRefused() throws IOException {
    Forgery.of(
        directory,
        text -> text.replace("\"shape\": [3, 4]", "\"shape\": [9223372036854775807, 4]"));

    assertRefused(directory)
        .hasMessageContaining("manifest.json is damaged: arrays list[0] long overflow");
  }

  @Test
  void load_ofAnUnknownType_isRefused() throws IOException {
    Forgery.of(directory, text -> text.replace("float32", "float8"));

    assertRefused(directory).hasMessageContaining("arrays list[0] dtype is unknown: \"float8\"");
  }

  @Test
  void load_withoutTheArrays_isRefused() throws IOException {
    Files.delete(arrays);

    assertRefused(directory)
        .hasMessageEndingWith(
            "has no arrays-0.bin, which holds its arrays; nothing was loaded; copy the whole"
                + " directory");
  }

  @Test
  void load_ofTruncatedArrays_isRefused() throws IOException {
    byte[] bytes = Files.readAllBytes(arrays);
    Files.write(arrays, Arrays.copyOf(bytes, bytes.length - 1));

    assertRefused(directory)
        .hasMessageContaining(
            "arrays-0.bin holds "
                + (bytes.length - 1)
                + " bytes, not "
                + bytes.length
                + ": it was cut off; nothing was loaded");
  }

  @Test
  void load_ofLongerArrays_isRefused() throws IOException {
    Files.write(arrays, new byte[] {1}, StandardOpenOption.APPEND);

    assertRefused(directory).hasMessageContaining("; nothing was loaded; take another copy");
  }

  @Test
  void load_ofAFlippedBitInAnyArray_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(arrays);
    List<String> names = List.copyOf(model.weightsByPath().keySet());
    try (Save save = Save.open(directory)) {
      assertThat(save.manifest().arrays()).hasSize(names.size());
      for (ArrayEntry entry : save.manifest().arrays()) {
        byte[] bytes = whole.clone();
        bytes[(int) entry.end() - 1] ^= 1;
        Files.write(arrays, bytes);

        assertRefused(directory)
            .hasMessageEndingWith(
                "array \""
                    + entry.name()
                    + "\" in arrays-0.bin is damaged: its checksum differs;"
                    + " nothing was loaded; take another copy");
      }
    }
  }

  @Test
  void load_ofAModelThatIsNotAmongSeveral_isRefused() {
    ModelFile.saveAll(List.of(Nets.chain("a", 1), Nets.siamese(1)), folder.resolve("two"));

    assertRefused(folder.resolve("two"))
        .hasMessageEndingWith(
            "holds several models and none is named \"m\"; there are a, siamese; nothing was"
                + " loaded; give the model one of these names");
  }
}
