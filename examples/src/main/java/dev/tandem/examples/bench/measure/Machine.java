package dev.tandem.examples.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the process says about itself. */
public final class Machine {

  private static final Path STATUS = Path.of("/proc/self/status");

  private Machine() {}

  /** The most memory the process has had at once, in MB; 0 where there is no telling. */
  public static long peakMegabytes() {
    if (!Files.exists(STATUS)) {
      return 0;
    }
    try {
      return Files.readAllLines(STATUS).stream()
          .filter(line -> line.startsWith("VmHWM"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Seconds since the JVM started. */
  public static double uptime() {
    long start = ManagementFactory.getRuntimeMXBean().getStartTime();
    return (System.currentTimeMillis() - start) / 1000.0;
  }

  /** The threads of the arithmetic. */
  public static String threads() {
    String set = System.getenv("OMP_NUM_THREADS");
    return set == null ? Integer.toString(Runtime.getRuntime().availableProcessors()) : set;
  }
}
