package dev.tandem.examples.bench.support;

import com.google.common.collect.ImmutableList;
import java.util.List;

/** What came of one process. */
public sealed interface Outcome {

  /** How many lines of a failed process are told. */
  int TOLD = 20;

  /** It measured. */
  record Measured(Figures figures) implements Outcome {}

  /** The system cannot do the workload. */
  record Unsupported(String reason) implements Outcome {}

  /**
   * It did not measure, or not the right thing.
   *
   * @param reason in one line
   * @param lastLines of what it printed
   * @param isFinal whether another try would only take the same time again
   */
  record Failed(String reason, ImmutableList<String> lastLines, boolean isFinal)
      implements Outcome {

    /** A failure that another try may not have. */
    public static Failed of(String reason, List<String> lines) {
      return new Failed(reason, last(lines), false);
    }

    /** A failure that would only take the same time again. */
    public static Failed forGood(String reason, List<String> lines) {
      return new Failed(reason, last(lines), true);
    }

    private static ImmutableList<String> last(List<String> lines) {
      int from = Math.max(0, lines.size() - TOLD);
      return ImmutableList.copyOf(lines.subList(from, lines.size()));
    }
  }

  /**
   * Reads what a process left.
   *
   * @param label system and workload, as the program prints them
   * @param limitSeconds that it had
   */
  static Outcome of(String label, ChildProcess.End end, long limitSeconds) {
    List<String> lines = end.lines();
    if (end.timedOut()) {
      return Failed.forGood("took longer than " + limitSeconds + " s", lines);
    }
    if (end.exitCode() != 0) {
      return Failed.of("ended with exit code " + end.exitCode(), lines);
    }
    if (lines.contains(label + " unsupported")) {
      String before = "# " + label + " why: ";
      return new Unsupported(
          lines.stream()
              .filter(line -> line.startsWith(before))
              .map(line -> line.substring(before.length()))
              .findFirst()
              .orElse("no reason given"));
    }
    if (lines.stream().anyMatch(line -> line.startsWith("#") && line.contains("CHECK FAILED"))) {
      return Failed.of("did not train what it should", lines);
    }
    return Figures.read(label, lines)
        .<Outcome>map(Measured::new)
        .orElseGet(() -> Failed.of("printed no result", lines));
  }
}
