package dev.tandem.examples.bench.support;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A command that runs while this process sleeps.
 *
 * @param command the program and its arguments
 * @param environment what it has besides, or instead of, this process's environment
 */
public record ChildProcess(
    ImmutableList<String> command, ImmutableMap<String, String> environment) {

  private static final int KILL_SECONDS = 10;

  /**
   * How it ended.
   *
   * @param exitCode meaningless if it was stopped
   * @param timedOut whether it was stopped at the limit
   * @param lines all it printed, errors included
   */
  public record End(int exitCode, boolean timedOut, ImmutableList<String> lines) {}

  /**
   * Runs the command and stops it, with the processes that it started, at the limit.
   *
   * @param log takes what it prints; the folder is made
   * @throws UncheckedIOException if it cannot be started or the log cannot be written
   */
  public End run(Path log, Duration limit) {
    try {
      Files.createDirectories(log.toAbsolutePath().getParent());
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      boolean timedOut = !ended(process, limit);
      int exitCode = timedOut ? -1 : process.exitValue();
      return new End(exitCode, timedOut, ImmutableList.copyOf(lines(log)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The first words of a command that starts Java: this JVM's, with what this JVM was told of
   * native code.
   */
  public static ImmutableList<String> java() {
    ImmutableList.Builder<String> words = ImmutableList.builder();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.matches("--(enable-native|sun-misc-unsafe-memory)-access=.*"))
        .forEach(words::add);
    return words.build();
  }

  private static boolean ended(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
      kill(process);
      process.waitFor(KILL_SECONDS, TimeUnit.SECONDS);
      return false;
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a measurement ran", e);
    }
  }

  private static void kill(Process process) {
    List<ProcessHandle> started = process.descendants().toList();
    process.destroyForcibly();
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /** The log, whatever bytes a native library wrote into it. */
  private static List<String> lines(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
  }
}
