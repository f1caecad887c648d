package dev.tandem.core.backend;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks the driver's {@code nvidia-smi} for the cards of this machine. */
final class NvidiaSmi {

  private static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=compute_cap", "--format=csv,noheader");
  private static final int TIMEOUT_SECONDS = 10;

  private NvidiaSmi() {}

  /** The cards; none if the driver cannot be asked. */
  static List<ComputeCapability> cards() {
    try {
      Process process =
          new ProcessBuilder(COMMAND).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      try {
        boolean answered = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        return answered && process.exitValue() == 0 ? parse(output(process)) : List.of();
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** The cards in the command's output, one a line; lines that name no capability are left out. */
  static List<ComputeCapability> parse(String output) {
    return output
        .lines()
        .map(String::strip)
        .filter(line -> line.matches("\\d+\\.\\d+"))
        .map(ComputeCapability::parse)
        .toList();
  }

  private static String output(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
