package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.common.hash.HashCode;
import dev.tandem.cuda.driver.CudaLibraries;
import dev.tandem.examples.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command with workers that are threads. */
class WorkersCommandTest {

  @TempDir Path directory;

  private Cli run(String out, int steps, String... more) {
    List<String> arguments = new ArrayList<>(List.of("gan", "--preset", "r3gan", "--batch", "16"));
    arguments.addAll(List.of("--data", "ring8-pacgan", "--steps", Integer.toString(steps)));
    return with(arguments, out, more);
  }

  private Cli resume(String from, String out, int steps, String... more) {
    Path run = directory.resolve(from);
    List<String> arguments = new ArrayList<>(List.of("gan", "--resume", run.toString()));
    arguments.addAll(List.of("--steps", Integer.toString(steps)));
    return with(arguments, out, more);
  }

  private Cli with(List<String> arguments, String out, String... more) {
    arguments.addAll(List.of("--out", directory.resolve(out).toString()));
    arguments.addAll(List.of(more));
    return Cli.run(arguments.toArray(String[]::new));
  }

  /** The arrays of a checkpoint by their files, as text of their bits. */
  private Map<String, String> arrays(String run, int step) throws IOException {
    Map<String, String> all = new TreeMap<>();
    Path checkpoint = directory.resolve(run + "/checkpoints/step-00000000" + step);
    try (Stream<Path> files = Files.walk(checkpoint)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".bin")).toList()) {
        all.put(
            checkpoint.relativize(file).toString(),
            HashCode.fromBytes(Files.readAllBytes(file)).toString());
      }
    }
    assertThat(all).isNotEmpty();
    return all;
  }

  @Test
  void workers_makeTheirRoundsTogether_andGoOnToTheBit() throws IOException {
    Cli whole = run("whole", 6, "--workers", "local:2", "--set", "checkpoints.every=3");

    assertThat(whole.err()).isEmpty();
    assertThat(whole.out())
        .contains(
            "workers     2 threads of this process, 32 samples in a step; exchanged: gradient")
        .contains("rounds=6 steps_of_d=6 steps_of_g=6 penalty_steps=0 images=192");
    assertThat(directory.resolve("whole/environment.json")).content().contains("\"workers\" : 2");
    assertThat(directory.resolve("whole/config.yaml")).content().contains("where: \"local:2\"");

    run("half", 3, "--workers", "local:2");
    Cli rest = resume("half", "half", 6);
    assertThat(rest.exitCode()).isZero();
    assertThat(arrays("half", 6)).isEqualTo(arrays("whole", 6));

    Cli alone = resume("whole", "one", 7, "--workers", "none");
    assertThat(alone.out()).contains("changed     after round 6 workers was 2 and is 1");
    Cli same = resume("whole", "same", 7, "--workers", "none", "--set", "schedule.accumulation=2");
    assertThat(same.exitCode()).isZero();
    resume("whole", "seven", 7);
    assertThat(arrays("same", 7)).isEqualTo(arrays("seven", 7));
    assertThat(arrays("one", 7)).isNotEqualTo(arrays("seven", 7));
  }

  @Test
  void meansOfWeights_areTakenAndSavedBetween() {
    Cli cli = run("means", 6, "--workers", "local:2", "--averaging", "3");
    assertThat(cli.err()).isEmpty();
    assertThat(cli.out()).contains("exchanged: weights, every 3", "step 6 of 6");
    assertThat(run("no", 7, "--workers", "local:2", "--averaging", "3").err())
        .contains("every 3 rounds, and 7 rounds would end between two; take --steps 9");
  }

  @Test
  void workers_thatAreNone_areRefusedByName() {
    for (String wrong : List.of("local:0", "local:65", "2", "spark://host", "local", "local:-1")) {
      Cli cli = run("none", 3, "--workers", wrong);
      assertThat(cli.exitCode()).isEqualTo(2);
      assertThat(cli.err()).contains("local:N with N in [1, 64], not " + wrong + "; ");
    }
    assertThat(run("none", 3, "--averaging", "2").err()).contains("there are none; name them");
    assertThat(run("none", 3, "--workers", "local:2", "--averaging", "101").err())
        .contains("1 to 100");
    assertThat(directory.resolve("none")).doesNotExist();
  }

  @Test
  void workersOnCards_withoutCards_areRefusedBeforeAnythingIsWritten() {
    assumeFalse(CudaLibraries.find().isComplete(), "skipped: all libraries of a card are here");
    Cli cli = run("cards", 3, "--workers", "cards:2");
    assertThat(cli.exitCode()).isEqualTo(2);
    assertThat(cli.err())
        .contains("--workers cards:2: ", "missing: ", "tandem doctor says what to install");
    assertThat(run("cards", 3, "--workers", "cards:2", "--device", "cpu").err())
        .contains("cards:2 gives each worker a card, and --device is cpu")
        .contains("or take local:2");
    assertThat(run("cards", 3, "--workers", "cards:65").err())
        .contains("cards:N or local:N with N in [1, 64], not cards:65; ");
    assertThat(directory.resolve("cards")).doesNotExist();
  }
}
