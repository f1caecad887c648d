package dev.tandem.examples.mnist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistCommandTest {

  @Test
  void command_ofTwoSteps_reportsAndLeavesItsFiles(@TempDir Path directory) {
    Path out = directory.resolve("new/run");

    Cli cli = Cli.run("mnist", "--steps", "2", "--seed", "3", "--out", out.toString());

    assertThat(cli.exitCode()).isZero();
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out())
        .contains("step 2 of 2: loss of D ", "2 steps in ", " ms each")
        .contains(out.resolve("samples.png").toString(), out.resolve("generator").toString());
    assertThat(out).isDirectoryContaining("glob:**step-000001.png");
    assertThat(out).isDirectoryContaining("glob:**progress.gif");
    assertThat(out.resolve("generator")).isNotEmptyDirectory();
  }
}
