package dev.tandem.gan.data;

/**
 * A file that lies among pictures, and is none of the set.
 *
 * @param file its path in the folder
 * @param reason why, as in {@code is empty}
 */
public record LeftOut(String file, String reason) {

  static final String OTHER_KIND = "is of another kind";

  /** Whether its name alone says that it is no picture. */
  boolean isOfAnotherKind() {
    return reason.equals(OTHER_KIND);
  }

  /** As in {@code cut.jpg is empty}. */
  @Override
  public String toString() {
    return file + " " + reason;
  }
}
