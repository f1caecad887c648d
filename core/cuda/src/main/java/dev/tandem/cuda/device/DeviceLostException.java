package dev.tandem.cuda.device;

/**
 * A card that gives nothing back any more: it fell off, or a kernel left it in a state that ends
 * all work on it. Every later call on it fails, too; other engines go on in the same process.
 *
 * <p>When the trainers and predictors on the card are closed, each weight has the values that were
 * last read on the host. A checkpoint reads all of them; what was looked at since then is newer, so
 * the last checkpoint has to be restored before training goes on.
 */
public final class DeviceLostException extends DeviceException {

  private static final long serialVersionUID = 1L;

  /** What to do about it, for messages. */
  public static final String STEP =
      "what lies on the card is lost. Close its trainers and predictors, after which each weight"
          + " has the values that were last read on the host, as by the last checkpoint; restore"
          + " that checkpoint and go on by the engine \"cpu\" in this process, or on the card in a"
          + " new one";

  /** An error with a message. */
  public DeviceLostException(String message) {
    super(message);
  }
}
