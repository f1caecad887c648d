package dev.tandem.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.dashboard.FakeRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Numbers that are read while another process writes them. */
class MetricsTailTest {

  @TempDir Path directory;
  private FakeRun run;
  private Path file;
  private MetricsTail tail;

  @BeforeEach
  void begin() {
    run = new FakeRun(directory);
    file = directory.resolve("metrics.jsonl");
    tail = new MetricsTail(file);
  }

  private double[] rounds() throws IOException {
    Columns columns = tail.columns();
    double[] rounds = columns.get("round");
    return rounds == null ? new double[0] : java.util.Arrays.copyOf(rounds, columns.rows());
  }

  @Test
  void file_thatGrows_isReadFromWhereItWas() throws IOException {
    assertThat(tail.update()).isFalse();

    run.lines(1, 3);
    assertThat(tail.update()).isTrue();
    assertThat(tail.update()).isFalse();
    run.lines(4, 5);
    assertThat(tail.update()).isTrue();

    assertThat(rounds()).containsExactly(1, 2, 3, 4, 5);
    assertThat(tail.lines()).isEqualTo(5);
    assertThat(tail.generation()).isEqualTo(1);
    assertThat(tail.last()).containsEntry("images", 320.0).doesNotContainKey("g_gradient_norm");
    assertThat(tail.interval()).isBetween(.049, .051);
  }

  @Test
  void lastLine_thatIsCut_waitsUntilItIsWhole() throws IOException {
    String line = FakeRun.line(2);
    run.lines(1, 1).append(line.substring(0, 20));
    tail.update();
    assertThat(rounds()).containsExactly(1);
    assertThat(tail.unread()).isZero();

    run.append(line.substring(20));
    tail.update();
    assertThat(rounds()).containsExactly(1, 2);
  }

  @Test
  void run_thatGoesOn_isReadAnewFromTheFileInItsPlace() throws IOException {
    run.lines(1, 8);
    tail.update();

    Path next = directory.resolve("metrics.jsonl.tmp");
    Files.writeString(next, FakeRun.line(1) + FakeRun.line(2));
    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    for (int round = 30; round < 60; round++) {
      run.lines(round, round); // longer than before
    }
    tail.update();

    assertThat(rounds()).hasSize(32).startsWith(1, 2, 30);
    assertThat(tail.generation()).isEqualTo(2);
  }

  @Test
  void file_thatIsCutInItsPlace_isReadAnew() throws IOException {
    run.lines(1, 8);
    tail.update();
    Files.writeString(file, FakeRun.line(5));
    tail.update();
    assertThat(rounds()).containsExactly(5);
  }

  @Test
  void lines_thatAreNone_areCountedAndLeftOut() throws IOException {
    run.lines(1, 1).append("no json\n[1]\n{\"seconds\":3}\n{\"round\":\n\n").lines(2, 2);
    run.append("{\"round\":3,\"more\":{\"a\":[1,{}]},\"word\":\"x\",\"d_loss\":1e400}\n");
    tail.update();
    assertThat(rounds()).containsExactly(1, 2, 3);
    assertThat(tail.unread()).isEqualTo(4);
  }

  @Test
  void line_ofAnEarlierRound_takesThePlaceOfThoseFromThereOn() throws IOException {
    run.lines(1, 6).lines(4, 5);
    tail.update();
    assertThat(rounds()).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void line_withoutEnd_isSkippedAndTheNextOneRead() throws IOException {
    run.lines(1, 1).append("x".repeat(3 << 20));
    tail.update();
    run.append("x\n").lines(2, 2);
    tail.update();
    assertThat(rounds()).containsExactly(1, 2);
  }

  @Test
  void file_thatIsGone_leavesNothing() throws IOException {
    run.lines(1, 3);
    tail.update();
    Files.delete(file);
    assertThat(tail.update()).isTrue();
    assertThat(rounds()).isEmpty();
    assertThat(tail.last()).isEmpty();
  }

  @Test
  void link_toAnotherFile_isNoFile() throws IOException {
    Path secret = Files.writeString(directory.resolve("secret"), FakeRun.line(7));
    Files.createSymbolicLink(file, secret);
    tail.update();
    assertThat(rounds()).isEmpty();
  }

  @Test
  void numbers_thatWereDropped_areReadAgain() throws IOException {
    run.lines(1, 100);
    tail.update();
    tail.drop();
    run.lines(101, 102);
    tail.update();
    assertThat(tail.weight()).isZero();
    assertThat(tail.lines()).isEqualTo(102);
    assertThat(rounds()).hasSize(102);
    assertThat(tail.generation()).isEqualTo(1);
  }

  @Test
  void best_ofAMeasure_isTheLeastOrTheGreatest() throws IOException {
    run.append(
            "{\"round\":1,\"fid_x\":3,\"recall_x\":0.1}\n"
                + "{\"round\":2,\"fid_x\":2,\"recall_x\":0.3}\n")
        .append("{\"round\":3,\"fid_x\":4,\"recall_x\":0.2}\n");
    tail.update();
    assertThat(tail.best())
        .containsEntry("fid_x", new RunSummary.Best(2, 2))
        .containsEntry("recall_x", new RunSummary.Best(.3, 2));
  }
}
