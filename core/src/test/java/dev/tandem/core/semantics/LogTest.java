package dev.tandem.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.ForkedJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is said in the log while weights are frozen. */
class LogTest {

  private static List<String> lines;

  @BeforeAll
  static void run() throws IOException, InterruptedException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        ForkedJvm.of(
                "-Xmx1g",
                "-Dslf4j.provider=" + LoggedSteps.Printing.class.getName(),
                "-cp",
                classPath,
                LoggedSteps.class.getName())
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    lines = output.lines().toList();
  }

  @Test
  @DisplayName("rule 4: the classic idiom prints no warning")
  void classicIdiom_alternated_isNotWarnedOf() {
    assertThat(lines).contains("alternated 3 times");
    assertThat(lines).noneMatch(line -> line.startsWith("WARN") || line.startsWith("ERROR"));
  }

  @Test
  @DisplayName("rule 9: that nothing moves is said once in the log")
  void steps_thatMoveNothing_areLoggedOnceForTheTrainer() {
    assertThat(lines.stream().filter("loss 4.0"::equals)).hasSize(3);
    assertThat(lines.stream().filter(line -> line.contains("moves no weights")))
        .containsExactly(
            "INFO a trainer of Model \"still\" moves no weights: its steps only report",
            "INFO a trainer of Model \"statistics\" moves no weights by gradients; its steps move"
                + " the state [bn/moving_mean, bn/moving_variance]");
  }
}
