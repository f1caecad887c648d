package dev.tandem.core.data;

/** A row of a source that could not be read; nothing was done with the batch that it belongs to. */
public final class UnreadableRowException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String place;

  UnreadableRowException(String place, String column, String source, Throwable cause) {
    super(
        place + " of the " + source + " cannot be read for " + column + ": " + text(cause), cause);
    this.place = place;
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** Where the row comes from, with which the message begins. */
  public String place() {
    return place;
  }
}
