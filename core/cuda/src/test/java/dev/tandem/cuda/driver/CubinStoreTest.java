package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CubinStoreTest {

  @TempDir Path folder;

  private int compiled;

  private byte[] compile() {
    compiled++;
    return new byte[] {1, 2, (byte) compiled};
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void code_askedForTwice_isCompiledOnce() throws IOException {
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(new CubinStore(folder).get("b", this::compile)).containsExactly(1, 2, 2);
    assertThat(files()).hasSize(2).allSatisfy(file -> assertThat(file).hasExtension("cubin"));
  }

  @Test
  void file_withOneByteChanged_isCompiledAnewAndReplaced() throws IOException {
    new CubinStore(folder).get("a", this::compile);
    Path file = files().get(0);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);

    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
  }

  @Test
  void file_cutShort_isCompiledAnew() throws IOException {
    new CubinStore(folder).get("a", this::compile);
    Files.write(files().get(0), new byte[0]);

    assertThat(new CubinStore(folder).get("a", this::compile)).containsExactly(1, 2, 2);
  }

  @Test
  void folder_thatCannotBeWritten_costsTheCompilationAlone() throws IOException {
    Path file = Files.createFile(folder.resolve("no-folder"));
    CubinStore store = new CubinStore(file.resolve("within"));

    assertThat(store.get("a", this::compile)).containsExactly(1, 2, 1);
    assertThat(store.get("a", this::compile)).containsExactly(1, 2, 2);
    assertThat(store.keep("text")).startsWith("nowhere").contains(file.toString());
  }

  @Test
  void compiler_thatRefuses_leavesNoFile() throws IOException {
    CubinStore store = new CubinStore(folder);

    assertThatThrownBy(
            () ->
                store.get(
                    "a",
                    () -> {
                      throw new IllegalStateException("refused");
                    }))
        .hasMessage("refused");
    assertThat(files()).isEmpty();
  }

  @Test
  void text_thatWasRefused_isKept() throws IOException {
    String path = new CubinStore(folder).keep("__global__ …");

    assertThat(Files.readString(Path.of(path), StandardCharsets.UTF_8)).isEqualTo("__global__ …");
    assertThat(path).endsWith(".cu");
  }

  @Test
  void folder_ofAUser_followsTheCacheSetting() {
    assertThat(CubinStore.folder(Map.of(), "/home/a"))
        .isEqualTo(Path.of("/home/a/.cache/tandem/cuda"));
    assertThat(CubinStore.folder(Map.of("XDG_CACHE_HOME", "/c"), "/home/a"))
        .isEqualTo(Path.of("/c/tandem/cuda"));
  }
}
