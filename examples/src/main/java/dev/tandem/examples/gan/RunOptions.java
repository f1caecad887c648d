package dev.tandem.examples.gan;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of what a run keeps, to mix into a command that trains. */
final class RunOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--log-every",
      paramLabel = "N",
      defaultValue = "50",
      description = "Rounds between two lines of metrics.jsonl (${DEFAULT-VALUE}).")
  private int logEvery;

  @Option(
      names = "--save-minutes",
      paramLabel = "M",
      defaultValue = "10",
      description = "The longest time between two checkpoints, in minutes (${DEFAULT-VALUE}).")
  private double saveMinutes;

  /** Rounds between two lines of numbers. */
  int logEvery() {
    return atLeastOne("--log-every", logEvery);
  }

  /** The longest time between two checkpoints. */
  Duration saveTime() {
    if (!(saveMinutes > 0 && saveMinutes < 1e6)) {
      throw wrong("--save-minutes is not in (0, 1000000): " + saveMinutes);
    }
    return Duration.ofNanos((long) (saveMinutes * 60e9));
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
