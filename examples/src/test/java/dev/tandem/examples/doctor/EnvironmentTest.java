package dev.tandem.examples.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run notes of where it was started, and of which commit. */
class EnvironmentTest {

  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  private static final ObjectNode FACTS =
      JsonNodeFactory.instance.objectNode().set("nets", new IntNode(2));

  @TempDir Path directory;

  @Test
  void file_ofTwoStarts_hasAnObjectForEach() throws IOException {
    Path file = directory.resolve("environment.json");
    Environment.add(file, "cpu", List.of("gan", "--steps", "5"), 0, FACTS);
    Environment.add(file, "cpu", List.of("gan", "--resume", "r"), 5, FACTS);

    JsonNode starts = new JsonMapper().readTree(file.toFile());

    assertThat(starts).hasSize(2);
    JsonNode first = starts.get(0);
    assertThat(first.get("command").asText()).isEqualTo("tandem gan --steps 5");
    assertThat(first.get("date").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
    assertThat(first.get("Java").get("version").asText())
        .isEqualTo(System.getProperty("java.version"));
    assertThat(first.get("Kernel libraries").get("ND4J").asText()).contains("1.0.0-M2.1");
    assertThat(first.get("Threads").has("used")).isTrue();
    assertThat(starts.get(1).get("round").asLong()).isEqualTo(5);
    assertThat(starts.get(1).get("nets").asLong()).isEqualTo(2);
    Environment.add(file, "cpu", List.of("gan"), 0, FACTS);
    assertThat(new JsonMapper().readTree(file.toFile())).hasSize(1);
  }

  @Test
  void file_thatCannotBeWritten_isNoError() throws IOException {
    Path file = Files.createDirectory(directory.resolve("environment.json"));
    Environment.add(file, "cpu", List.of("gan"), 0, FACTS);
    assertThat(file).isDirectory();
    assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void commit_ofACheckout_isThatOfItsHead() throws IOException {
    Path git = Files.createDirectories(directory.resolve("repo/.git"));
    Path inside = Files.createDirectories(directory.resolve("repo/core/target/classes"));
    Files.writeString(git.resolve("HEAD"), COMMIT + "\n");
    assertThat(GitCommit.of(inside)).contains(COMMIT);
    Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
    assertThat(GitCommit.of(inside)).isEmpty();
    Files.writeString(git.resolve("packed-refs"), "# pack-refs\n" + COMMIT + " refs/heads/main\n");
    assertThat(GitCommit.of(inside)).contains(COMMIT);
    String next = COMMIT.replace('0', '9');
    Files.createDirectories(git.resolve("refs/heads"));
    Files.writeString(git.resolve("refs/heads/main"), next + "\n");
    assertThat(GitCommit.of(inside)).contains(next);
  }

  @Test
  void commit_ofAWorktree_isThatOfItsOwnHead() throws IOException {
    Path common = Files.createDirectories(directory.resolve("repo/.git"));
    Path own = Files.createDirectories(common.resolve("worktrees/w"));
    Path tree = Files.createDirectories(directory.resolve("w"));
    Files.writeString(tree.resolve(".git"), "gitdir: " + own + "\n");
    Files.writeString(own.resolve("HEAD"), "ref: refs/heads/w\n");
    Files.writeString(own.resolve("commondir"), "../..\n");
    Files.createDirectories(common.resolve("refs/heads"));
    Files.writeString(common.resolve("refs/heads/w"), COMMIT + "\n");

    assertThat(GitCommit.of(tree)).contains(COMMIT);
    assertThat(GitCommit.of(directory.getRoot())).isEmpty();
  }
}
