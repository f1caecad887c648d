package dev.tandem.examples.gan;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of what a run keeps and measures, to mix into a command that trains. */
final class RunOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--metrics",
      paramLabel = "M[:N][@R],...",
      description =
          "Measure N samples (1000) every R rounds (500) and at the end: fid, kid, swd, precision,"
              + " recall, density or coverage, as in fid:2000@1000,swd. The state that was best by"
              + " the first one stays in DIR/best.")
  private @Nullable String metrics;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      defaultValue = "50",
      description = "Rounds between two lines of metrics.jsonl (${DEFAULT-VALUE}).")
  private int logEvery;

  @Option(
      names = "--save-every",
      paramLabel = "N",
      defaultValue = "500",
      description = "Rounds between two checkpoints (${DEFAULT-VALUE}).")
  private int saveEvery;

  @Option(
      names = "--save-minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "The longest time between two checkpoints, in minutes (${DEFAULT-VALUE}).")
  private double saveMinutes;

  @Option(
      names = "--keep",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many checkpoints stay (${DEFAULT-VALUE}).")
  private int keep;

  /** Rounds between two lines of numbers. */
  int logEvery() {
    return atLeastOne("--log-every", logEvery);
  }

  /** Rounds between two checkpoints. */
  int saveEvery() {
    return atLeastOne("--save-every", saveEvery);
  }

  /** The longest time between two checkpoints. */
  Duration saveTime() {
    if (!(saveMinutes > 0 && saveMinutes < 1e6)) {
      throw wrong("--save-minutes is not in (0, 1000000): " + saveMinutes);
    }
    return Duration.ofNanos((long) (saveMinutes * 60e9));
  }

  /** How many checkpoints stay. */
  int keep() {
    return atLeastOne("--keep", keep);
  }

  /** What is measured. */
  ImmutableList<AskedMetric> metrics() {
    if (metrics == null) {
      return ImmutableList.of();
    }
    try {
      return Splitter.on(',')
          .splitToStream(metrics)
          .map(AskedMetric::parse)
          .collect(ImmutableList.toImmutableList());
    } catch (IllegalArgumentException e) {
      throw wrong("--metrics " + metrics + ": " + e.getMessage());
    }
  }

  private int atLeastOne(String option, int value) {
    if (value < 1) {
      throw wrong(option + " is not at least 1: " + value);
    }
    return value;
  }

  private ParameterException wrong(String message) {
    return new ParameterException(command.commandLine(), message);
  }
}
