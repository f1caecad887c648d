package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * Where, when and with what was measured.
 *
 * @param date in UTC
 * @param cpu its model
 * @param cores that the JVM sees
 * @param system the operating system
 * @param java the version of the JVM
 * @param threads of the arithmetic, in every system
 * @param rounds how often each process ran
 * @param versions of the libraries by system
 */
record Setting(
    LocalDate date,
    String cpu,
    int cores,
    String system,
    String java,
    String threads,
    int rounds,
    ImmutableMap<String, String> versions) {

  private static final Path CPU = Path.of("/proc/cpuinfo");

  /** This machine, now. */
  static Setting here(String threads, int rounds, ImmutableMap<String, String> versions) {
    return new Setting(
        LocalDate.now(ZoneOffset.UTC),
        cpuModel(),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + " "
            + System.getProperty("os.arch"),
        System.getProperty("java.version"),
        threads,
        rounds,
        versions);
  }

  private static String cpuModel() {
    if (!Files.exists(CPU)) {
      return "CPU of unknown model";
    }
    try {
      return Files.readAllLines(CPU).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("CPU of unknown model");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
