package dev.tandem.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command: takes its arguments, or refuses them, prints, and ends. */
public abstract class AppCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  private int exitCode = CommandLine.ExitCode.OK;

  /** Does what the command is for. */
  protected abstract void run() throws IOException;

  @Override
  public final Integer call() throws IOException {
    run();
    out().flush();
    return exitCode;
  }

  /** Lets the command end with exit code 1, when it has run. */
  protected final void markFailed() {
    endWith(CommandLine.ExitCode.SOFTWARE);
  }

  /** Lets the command end with this exit code, when it has run. */
  protected final void endWith(int code) {
    exitCode = code;
  }

  /** The arguments of the command line, from the name of the command on. */
  protected final List<String> arguments() {
    return spec.root().commandLine().getParseResult().originalArgs();
  }

  /** Takes what was asked for. */
  protected final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What a message makes of wrong arguments: exit code 2. */
  protected final ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  /**
   * What an argument stands for.
   *
   * @param choice says by an {@link IllegalArgumentException} that there is no such thing
   */
  protected final <T> T argument(Supplier<T> choice) {
    try {
      return choice.get();
    } catch (IllegalArgumentException e) {
      throw wrong(String.valueOf(e.getMessage()));
    }
  }

  /** Whether an option was given, and does not only have its default value. */
  protected final boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  /** Refuses a number that is not at least 1. */
  protected final void requireAtLeastOne(String option, long value) {
    if (value < 1) {
      throw wrong(option + " is not at least 1: " + value);
    }
  }
}
