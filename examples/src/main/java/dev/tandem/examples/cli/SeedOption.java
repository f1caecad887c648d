package dev.tandem.examples.cli;

import picocli.CommandLine.Option;

/** The option {@code --seed}, to mix into a command. */
public final class SeedOption {

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "What everything random follows from (${DEFAULT-VALUE}).")
  private long seed;

  /** The seed; 1 unless given. */
  public long value() {
    return seed;
  }
}
