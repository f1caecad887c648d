package dev.tandem.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NothingMovesLogTest {

  @Test
  @DisplayName("rule 9: that nothing moves is said once in the log")
  void steps_thatMoveNothing_areLoggedOnceForTheTrainer() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                java,
                "-Xmx1g",
                "-Dslf4j.provider=" + NothingMovesLog.Printing.class.getName(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                NothingMovesLog.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(output).isZero();
    List<String> lines = output.lines().toList();
    assertThat(lines.stream().filter("loss 4.0"::equals)).hasSize(3);
    assertThat(lines)
        .containsOnlyOnce(
            "INFO a trainer of Model \"still\" moves no weights: its steps only report");
  }
}
