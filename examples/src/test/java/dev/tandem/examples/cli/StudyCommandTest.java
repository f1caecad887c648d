package dev.tandem.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class StudyCommandTest {

  @TempDir Path directory;

  /** Counts steps. */
  @Command(name = "counting")
  private static final class Counting extends StudyCommand<String> {

    Counting() {
      super("counting", 20);
    }

    @Override
    protected String data() {
      return "data";
    }

    @Override
    protected SeedTable table() {
      return new SeedTable("what").column("steps", "%.1f").column("seed", "%.1f");
    }

    @Override
    protected void study(Study study, String data) {
      try (StepLoop loop = study.loop("counting", "square", "root")) {
        while (loop.goesOn()) {
          loop.done(loop.done() * loop.done(), Math.sqrt(loop.done()));
        }
        study.measured(data, "steps", loop.done());
      }
      study.measured(data, "seed", study.seed());
      study.measured("other", "seed", 1);
    }
  }

  private static String run(String... args) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new Counting()).setOut(new PrintWriter(out, true));
    assertThat(line.execute(args)).isZero();
    return out.toString();
  }

  @Test
  void command_ofThreeSeeds_leavesMeansAndIntervals() {
    String out = run("--steps", "4", "--seeds", "3", "--out", directory.toString());

    assertThat(out)
        .contains("seed 2", "counting: step 4 of 4, square 9.0000, root 1.7321")
        .contains("| data  | 4.0 ± 0.0 | 2.0 ± 2.5 |"); // 4.303 · 1 / √3
    assertThat(directory.resolve("results.md"))
        .content()
        .contains("| data  | 4.0 ± 0.0 | 2.0 ± 2.5 |")
        .contains("| other |           | 1.0 ± 0.0 |");
    assertThat(directory.resolve("seed-3")).isDirectory();
  }

  @Test
  void command_ofOneSeed_leavesItsNumbersInTheFolderItself() {
    run("--seed", "7", "--out", directory.toString());

    assertThat(directory.resolve("results.md")).content().contains("| data  |  20.0 |  7.0 |");
    assertThat(directory).isDirectoryNotContaining("glob:**seed-*");
  }

  @Test
  void table_withoutTheColumn_namesThoseThereAre() {
    assertThatThrownBy(() -> new SeedTable("x").column("a", "%.0f").add("row", "b", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no column \"b\"; there are [a]");
  }
}
