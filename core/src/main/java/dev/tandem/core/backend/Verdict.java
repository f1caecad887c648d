package dev.tandem.core.backend;

/**
 * What follows from the findings.
 *
 * @param message a sentence for the user; empty if there is nothing to say
 */
record Verdict(Severity severity, String message) {

  enum Severity {
    NONE,
    WARNING,
    ERROR
  }

  static final Verdict PASS = new Verdict(Severity.NONE, "");

  static Verdict warning(String message) {
    return new Verdict(Severity.WARNING, message);
  }

  static Verdict error(String message) {
    return new Verdict(Severity.ERROR, message);
  }
}
