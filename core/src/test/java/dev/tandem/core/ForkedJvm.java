package dev.tandem.core;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for a program of a test. */
public final class ForkedJvm {

  private ForkedJvm() {}

  /**
   * The process of a program on this JVM's JDK, which lets native code in as this JVM does; errors
   * go where output goes.
   *
   * @param arguments of {@code java}: options, class path, main class, arguments
   */
  public static ProcessBuilder of(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("--(enable-native|sun-misc-unsafe-memory)-access=.*"))
        .forEach(command::add);
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
