package dev.tandem.examples;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * What a call of the application did.
 *
 * @param exitCode of the process
 * @param out what it printed
 * @param err what it complained of
 */
public record Cli(int exitCode, String out, String err) {

  /** Calls the application. */
  public static Cli run(String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    return new Cli(exitCode, out.toString(), err.toString());
  }
}
