package dev.tandem.examples.spark;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The application: {@code spark-submit --class dev.tandem.examples.spark.SparkMain JAR …}. */
public final class SparkMain {

  private SparkMain() {}

  /** Runs the command; what does not end well ends the process with its exit code. */
  public static void main(String... args) {
    PrintWriter out = new PrintWriter(System.out, true);
    PrintWriter err = new PrintWriter(System.err, true);
    int code =
        new CommandLine(new SparkGanCommand())
            .setOut(out)
            .setErr(err)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(SparkMain::wrong)
            .setExecutionExceptionHandler(
                (error, command, parsed) -> {
                  err.println("tandem: " + error.getMessage());
                  return CommandLine.ExitCode.SOFTWARE;
                })
            .execute(args);
    if (code != 0) {
      System.exit(code);
    }
  }

  private static int wrong(ParameterException error, String[] args) {
    error.getCommandLine().getErr().println("tandem: " + error.getMessage() + " (see --help)");
    return CommandLine.ExitCode.USAGE;
  }
}
