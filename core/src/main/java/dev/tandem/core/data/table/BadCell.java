package dev.tandem.core.data.table;

/** A value that a column cannot take; the message says the value, the rule and the next step. */
final class BadCell extends Exception {

  private static final long serialVersionUID = 1L;

  BadCell(String problem) {
    super(problem);
  }
}
