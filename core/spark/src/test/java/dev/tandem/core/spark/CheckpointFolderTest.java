package dev.tandem.core.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints are whole in a file system of Hadoop's, or are not there. */
class CheckpointFolderTest {

  @TempDir Path directory;
  private Path shared;
  private CheckpointFolder folder;

  @BeforeEach
  void open() {
    shared = directory.resolve("a run");
    folder = new CheckpointFolder("file://" + shared, new Configuration(false), 2);
  }

  private Path local(int step, String text) throws IOException {
    Path local = directory.resolve("local").resolve("step-00000000" + step);
    Files.createDirectories(local.resolve("more"));
    Files.writeString(local.resolve("manifest.json"), text);
    Files.writeString(local.resolve("more").resolve("arrays 0.bin"), text + text);
    return local;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> paths = Files.list(shared)) {
      return paths
          .map(path -> path.getFileName().toString())
          .filter(name -> !name.endsWith(".crc"))
          .sorted()
          .toList();
    }
  }

  @Test
  void checkpoints_areCopiedThereAndBack_andOldOnesDeleted() throws IOException {
    assertThat(folder.newest()).isEmpty();
    folder.requireWritable();
    for (int step = 1; step <= 4; step++) {
      folder.publish(local(step, "of step " + step));
    }
    assertThat(names()).containsExactly("step-000000003", "step-000000004");
    assertThat(folder.newest()).contains("step-000000004");
    folder.publish(local(4, "again"));
    Path target = directory.resolve("target");
    folder.fetch("step-000000004", target);
    assertThat(target.resolve("manifest.json")).hasContent("again");
    assertThat(target.resolve("more/arrays 0.bin")).hasContent("againagain");
    assertThat(names()).containsExactly("step-000000003", "step-000000004");
  }

  @Test
  void runThatWentBack_leavesNoLaterCheckpoint() throws IOException {
    folder.publish(local(5, "five"));
    folder.publish(local(3, "three"));
    assertThat(names()).containsExactly("step-000000003");
  }

  @Test
  void tornCheckpoint_isNotTaken() throws IOException {
    folder.publish(local(1, "one"));
    folder.publish(local(2, "two"));
    Path newest = shared.resolve("step-000000002");
    // written in part: a file without an end, then a file that is missing, then no list
    Files.writeString(newest.resolve("manifest.json"), "t");
    Files.deleteIfExists(newest.resolve(".manifest.json.crc"));
    assertThat(folder.newest()).contains("step-000000001");
    Files.delete(newest.resolve("manifest.json"));
    assertThat(folder.newest()).contains("step-000000001");
    Files.delete(newest.resolve(CheckpointFolder.LIST));
    assertThat(folder.newest()).contains("step-000000001");
    Files.createDirectory(shared.resolve("new-step-000000003"));
    assertThat(folder.newest()).contains("step-000000001");
    // the next one takes the place of what was left
    folder.publish(local(2, "two"));
    assertThat(folder.newest()).contains("step-000000002");
    assertThat(names()).containsExactly("step-000000001", "step-000000002");
  }

  @Test
  void processThatDiedBetweenTwoNames_leavesOneThatIsWhole() throws IOException {
    folder.publish(local(1, "one"));
    Files.move(shared.resolve("step-000000001"), shared.resolve("old-step-000000001"));
    assertThat(folder.newest()).contains("old-step-000000001");
    folder.fetch("old-step-000000001", directory.resolve("target"));
    assertThat(directory.resolve("target/manifest.json")).hasContent("one");
  }

  @Test
  void folderThatCannotBeWritten_isNamed() throws IOException {
    Files.writeString(shared, "a file");
    assertThatThrownBy(folder::requireWritable)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("a run: cannot be written (")
        .hasMessageContaining("Checkpoints before it are whole");
    Path local = local(1, "one");
    assertThatThrownBy(() -> folder.publish(local))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("step-000000001: cannot be written (");
    CheckpointFolder nowhere =
        new CheckpointFolder("nosuch://host/runs", new Configuration(false), 2);
    assertThatThrownBy(nowhere::requireWritable)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("nosuch://host/runs: cannot be written (")
        .hasMessageContaining("No FileSystem for scheme");
  }
}
