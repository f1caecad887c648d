package dev.tandem.cuda.device;

/** A card that refused something, or is not there; the message names what, and the next step. */
public class DeviceException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  /** An error with a message. */
  public DeviceException(String message) {
    super(message);
  }

  /** An error with a cause. */
  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
