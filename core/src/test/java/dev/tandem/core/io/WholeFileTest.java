package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

  @TempDir Path directory;

  @Test
  void text_isWrittenInPlaceOfAnEarlierOne() {
    Path file = directory.resolve("a.txt");
    WholeFile.write(file, "long before");
    WholeFile.write(file, "näh\n");
    assertThat(file).hasContent("näh\n");
    assertThat(directory.toFile().list()).containsExactly("a.txt");
  }

  @Test
  void text_thatCannotBeWritten_leavesWhatWasThere() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("b"));
    Path inside = Files.writeString(folder.resolve("c"), "c");
    assertThatThrownBy(() -> WholeFile.write(folder, "text"))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("b: cannot be written (")
        .hasMessageEndingWith("with space left? What was there before is untouched");
    assertThatThrownBy(() -> WholeFile.write(directory.resolve("none/a"), "text"))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("NoSuchFileException");
    assertThat(inside).hasContent("c");
    assertThat(directory.toFile().list()).containsExactly("b");
  }
}
