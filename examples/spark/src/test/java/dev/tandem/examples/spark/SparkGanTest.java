package dev.tandem.examples.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command on a Spark whose executors are threads; a Spark of its own starts slowly. */
@Tag("cluster")
@Timeout(120)
class SparkGanTest {

  /** What spark-submit sets. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.driver.host", "localhost",
          "spark.driver.bindAddress", "127.0.0.1");

  @TempDir Path directory;

  @BeforeEach
  void set() {
    SETTINGS.forEach(System::setProperty);
  }

  @AfterEach
  void clear() {
    SETTINGS.keySet().forEach(System::clearProperty);
  }

  private int run(StringWriter out, String... more) {
    String[] usual = {
      "--workers=2",
      "--data=ring8-unrolled",
      "--batch=16",
      "--seed=1",
      "--log-every=2",
      "--out=" + directory.resolve("run"),
      "--checkpoints=file://" + directory.resolve("saved"),
      "--set=checkpoints.every=4"
    };
    CommandLine command = new CommandLine(new SparkGanCommand());
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    String[] all = new String[usual.length + more.length];
    System.arraycopy(usual, 0, all, 0, usual.length);
    System.arraycopy(more, 0, all, usual.length, more.length);
    return command.execute(all);
  }

  @Test
  void command_endedAndStartedAgain_goesOnFromItsCheckpoints() throws IOException {
    StringWriter first = new StringWriter();
    assertThat(run(first, "--steps=6")).as("%s", first).isZero();
    assertThat(first.toString()).contains("step 6 of 6").contains("workers     2");
    assertThat(directory.resolve("saved/step-000000006")).isDirectory();
    StringWriter second = new StringWriter();
    assertThat(run(second, "--steps=8")).as("%s", second).isZero();
    assertThat(second.toString()).contains("goes on from step 6").contains("step 8 of 8");
    assertThat(directory.resolve("run"))
        .isDirectoryContaining("glob:**/samples.png")
        .isDirectoryContaining("glob:**/metrics.jsonl")
        .isDirectoryContaining("glob:**/generator.json");
  }

  @Test
  void wrongArgument_isSaidBeforeSparkStarts() {
    StringWriter out = new StringWriter();
    assertThat(run(out, "--preset=dcgam")).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(out.toString()).contains("dcgam");
  }
}
