package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers tell becomes files of the driver's, and nowhere else. */
class FromWorkersTest {

  private static final byte[] TEXT = "text".getBytes(StandardCharsets.UTF_8);

  @TempDir Path directory;

  @Test
  void messages_becomeFilesInTheFolder() throws IOException {
    Path folder = directory.resolve("run");
    FromWorkers files = FromWorkers.into(folder);
    files.receive(0, "samples/1.txt", "first".getBytes(StandardCharsets.UTF_8));
    files.receive(0, "samples/1.txt", TEXT);
    assertThat(folder.resolve("samples/1.txt")).hasContent("text");
    assertThat(folder.resolve("samples")).isDirectoryNotContaining("glob:**.new");
    Files.writeString(folder.resolve("taken"), "");
    assertThatThrownBy(() -> files.receive(0, "taken/1.txt", TEXT))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("cannot be written (");
  }

  @Test
  void namesOutsideOfTheFolder_areRefused() {
    Path folder = directory.resolve("run");
    FromWorkers files = FromWorkers.into(folder);
    for (String name : new String[] {"../out", "/tmp/out", "a/../../out", "", "."}) {
      assertThatThrownBy(() -> files.receive(3, name, TEXT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("worker 3 names a message \"" + name + "\"");
    }
    assertThat(directory.resolve("out")).doesNotExist();
  }
}
