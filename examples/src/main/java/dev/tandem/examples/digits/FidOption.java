package dev.tandem.examples.digits;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option {@code --samples}, to mix into a command that measures FID. */
public final class FidOption {

  private static final int FEWEST = 100;
  private static final int MOST = 30_000;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Digits to measure FID with, and as many real ones (${DEFAULT-VALUE}).")
  private int samples;

  /** As many as FID is usually measured with here, 10,000. */
  public FidOption() {
    this(10_000);
  }

  /** So many by default. */
  public FidOption(int samples) {
    this.samples = samples;
  }

  /**
   * Refuses a number that FID cannot be measured with.
   *
   * @throws ParameterException if it is too small or too large
   */
  public void check() {
    if (samples < FEWEST || samples > MOST) {
      throw new ParameterException(
          command.commandLine(), "--samples is not in [" + FEWEST + ", " + MOST + "]: " + samples);
    }
  }

  /** How many. */
  public int samples() {
    return samples;
  }
}
