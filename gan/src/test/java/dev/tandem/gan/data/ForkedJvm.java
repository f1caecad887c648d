package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, for what holds for a whole JVM: limits of memory, the encoding of names. */
final class ForkedJvm {

  private ForkedJvm() {}

  /**
   * What a main class prints, errors too; it has to end by itself.
   *
   * @param environment besides this JVM's
   */
  static String run(
      Class<?> main, Map<String, String> environment, List<String> options, String... arguments)
      throws IOException, InterruptedException {
    return run(List.of(), main, environment, options, arguments);
  }

  /** The same, started by a command that takes the JVM's command line behind its own. */
  static String run(
      List<String> before,
      Class<?> main,
      Map<String, String> environment,
      List<String> options,
      String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("--(enable-native|sun-misc-unsafe-memory)-access=.*"))
        .forEach(command::add);
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    File output = File.createTempFile("forked", ".txt");
    try {
      Process process = builder.redirectOutput(output).start();
      boolean ended = process.waitFor(3, TimeUnit.MINUTES);
      process.destroyForcibly();
      String printed = new String(Files.readAllBytes(output.toPath()), StandardCharsets.UTF_8);
      assertThat(ended).as(printed).isTrue();
      return printed;
    } finally {
      assertThat(output.delete()).isTrue();
    }
  }
}
