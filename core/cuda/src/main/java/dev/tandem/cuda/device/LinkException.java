package dev.tandem.cuda.device;

/** A way between cards that broke, or a card to which nothing comes. */
public final class LinkException extends DeviceException {

  private static final long serialVersionUID = 1L;

  private final int card;

  /**
   * An error of the ways.
   *
   * @param card that it is about, by its number among the cards
   */
  public LinkException(int card, String message) {
    super(message);
    this.card = card;
  }

  /** The card that it is about. */
  public int card() {
    return card;
  }
}
