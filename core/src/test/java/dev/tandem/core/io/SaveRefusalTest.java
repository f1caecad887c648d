package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.model.Model;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a save must not replace is left as it is. */
class SaveRefusalTest {

  @TempDir Path folder;

  private final Model model = Nets.chain("m", 1);
  private Path directory;
  private Path manifest;

  @BeforeEach
  void save() {
    directory = folder.resolve("net");
    manifest = directory.resolve("manifest.json");
    Weights.save(model, directory);
  }

  private void edit(UnaryOperator<String> change) throws IOException {
    Files.writeString(manifest, change.apply(Files.readString(manifest)));
  }

  @Test
  void save_overANewerFormat_isRefused() throws IOException {
    edit(text -> text.replace("\"version\": 1", "\"version\": 2"));

    assertThatThrownBy(() -> Weights.save(model, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("was written by format 2 (Tandem development)");
  }

  @Test
  void save_overAnotherDirectory_isRefusedAndLeavesIt() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("thesis.tex"), "years of work");

    assertThatThrownBy(() -> Weights.save(model, other))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            other
                + ": holds thesis.tex and no manifest.json: it is not a Tandem directory and is"
                + " not replaced; save elsewhere");
    assertThat(other.toFile().list()).containsExactly("thesis.tex");
  }

  @Test
  void save_overAnotherProgramsManifest_isRefused() throws IOException {
    Files.writeString(manifest, "{}");

    assertThatThrownBy(() -> Weights.save(model, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("is not a Tandem directory");
    assertThat(manifest).hasContent("{}");
  }

  @Test
  void save_overADamagedManifest_isRefused() throws IOException {
    edit(text -> text.substring(0, 40));

    assertThatThrownBy(() -> Weights.save(model, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("manifest.json is no sound JSON (")
        .hasMessageEndingWith("; it is not replaced; delete it or save elsewhere");
  }

  @Test
  void save_overAFile_isRefused() {
    assertThatThrownBy(() -> Weights.save(model, manifest))
        .isInstanceOf(DataFileException.class)
        .hasMessage(manifest + ": is not a directory and is not replaced; save elsewhere");
  }

  @Test
  void save_intoAPlaceThatCannotBeWritten_isRefused() {
    Path inFile = manifest.resolve("net");

    assertThatThrownBy(() -> Weights.save(model, inFile))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(inFile + ": cannot be written (")
        .hasMessageContaining("is its place writable, with space left?");
  }

  @Test
  void save_besideFilesOfTheUser_leavesThem() throws IOException {
    Files.writeString(directory.resolve("notes.txt"), "good");

    Weights.save(model, directory);

    assertThat(directory.resolve("notes.txt")).hasContent("good");
    assertThat(directory.toFile().list()).hasSize(3);
  }

  @Test
  void save_intoAnEmptyDirectory_works() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Weights.save(model, empty);

    Weights.load(model, empty);
  }

  @Test
  void save_overAChangedManifest_isRefused() throws IOException {
    edit(text -> text.replace("arrays-0.bin", "arrays-1.bin"));

    assertThatThrownBy(() -> Weights.save(model, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageEndingWith(
            "manifest.json was changed after it was written: its checksum differs; it is not"
                + " replaced; delete it or save elsewhere");
    assertThat(directory.resolve("arrays-0.bin")).exists();
  }
}
