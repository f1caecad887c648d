package dev.tandem.examples.gan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real signals to real processes: what is interrupted goes on to the same bits. */
@DisabledOnOs(OS.WINDOWS) // it has no kill
class InterruptedRunTest {

  private static final Map<String, Integer> CODES = Map.of("INT", 130, "TERM", 143, "KILL", 137);

  @TempDir Path directory;

  @Test
  void run_interruptedAtThreeInstants_endsWhereAnUninterruptedOneDoes() throws Exception {
    interruptAndCompare(List.of("INT", "TERM", "KILL"), 3, 90, 20_261_127);
  }

  @Test
  @Tag("heavy") // forty processes
  void run_endedAtTwentyInstants_endsWhereAnUninterruptedOneDoes() throws Exception {
    interruptAndCompare(List.of("INT", "TERM"), 20, 400, 7);
    interruptAndCompare(List.of("KILL"), 20, 400, 8);
  }

  private static String[] gan(int steps, Object... more) {
    List<String> all = new ArrayList<>(List.of("gan", "--preset", "r3gan", "--batch", "16"));
    all.addAll(List.of("--data", "ring8-pacgan", "--steps", Integer.toString(steps)));
    all.addAll(List.of("--log-every", "1", "--set", "checkpoints.every=7"));
    for (Object argument : more) {
      all.add(argument.toString());
    }
    return all.toArray(String[]::new);
  }

  private void interruptAndCompare(List<String> signals, int times, int steps, long seed)
      throws Exception {
    Path whole = directory.resolve("whole" + seed);
    assertThat(Cli.run(gan(steps, "--out", whole)).err()).isEmpty();
    Path parts = directory.resolve("parts" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < times; i++) {
      int rounds = i * steps / (times + 2); // 0: before anything is written, or soon after
      interrupt(goingOn(parts, steps), parts, signals.get(i % signals.size()), random, rounds);
      if (holdsACheckpoint(parts)) {
        assertThat(Cli.run("sample", parts.toString(), "--count", "2").err()).isEmpty();
      }
    }

    assertThat(Cli.run(goingOn(parts, steps)).err()).isEmpty();

    for (Path array : arrays(whole, steps)) {
      assertThat(parts.resolve(whole.relativize(array))).hasSameBinaryContentAs(array);
    }
    assertThat(parts.resolve("samples.png")).hasSameBinaryContentAs(whole.resolve("samples.png"));
    assertThat(Files.readAllLines(parts.resolve("metrics.jsonl"))).hasSize(steps);
    assertThat(GeneratorFile.load(parts).round()).hasValue(steps);
  }

  private static List<Path> arrays(Path run, int steps) throws IOException {
    Path last = run.resolve(String.format(Locale.ROOT, "checkpoints/step-%09d", steps));
    try (Stream<Path> files = Files.list(last)) {
      return files.filter(file -> file.toString().endsWith(".bin")).toList();
    }
  }

  private static boolean holdsACheckpoint(Path run) throws IOException {
    Path series = run.resolve("checkpoints");
    if (!Files.isDirectory(series)) {
      return false;
    }
    try (Stream<Path> files = Files.list(series)) {
      return files.anyMatch(file -> Files.exists(file.resolve("manifest.json")));
    }
  }

  private static String[] goingOn(Path run, int steps) throws IOException {
    return holdsACheckpoint(run) ? gan(steps, "--resume", run) : gan(steps, "--out", run);
  }

  /** A process that is interrupted some time after it has done a number of rounds. */
  private void interrupt(String[] run, Path folder, String signal, Random random, int rounds)
      throws Exception {
    Path printed = directory.resolve("printed.txt");
    List<String> command = new ArrayList<>(withSignals());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String option : List.of("maxbytes", "maxphysicalbytes")) {
      String name = "org.bytedeco.javacpp." + option;
      if (System.getProperty(name) != null) {
        command.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    command.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    command.add("dev.tandem.examples.Main");
    command.addAll(List.of(run));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      while (process.isAlive() && lines(folder) < rounds) {
        Thread.sleep(5);
      }
      Thread.sleep(random.nextInt(150));
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(printed);
    assertThat(process.exitValue()).as(text).isEqualTo(CODES.get(signal));
    if (text.contains("SIG" + signal)) {
      assertThat(text)
          .contains("ends after this step", "interrupted; 'tandem gan --resume " + folder)
          .contains("' goes on");
      assertThat(Files.readString(folder.resolve("log.txt"))).contains("interrupted; ");
    }
  }

  /** Processes of one that ignores SIGINT, as those in the background do, ignore it too. */
  private static List<String> withSignals() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return List.of();
    }
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
            .findFirst()
            .orElse(0);
    return (ignored & 2) == 0 ? List.of() : List.of("env", "--default-signal=INT");
  }

  private static long lines(Path run) throws IOException {
    Path file = run.resolve("metrics.jsonl");
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }
}
