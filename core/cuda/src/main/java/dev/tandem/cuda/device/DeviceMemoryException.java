package dev.tandem.cuda.device;

/** A card that has not so much memory left; the message says what was asked and what is free. */
public final class DeviceMemoryException extends DeviceException {

  private static final long serialVersionUID = 1L;

  /** An error with a message. */
  public DeviceMemoryException(String message) {
    super(message);
  }

  /** An error with a cause. */
  public DeviceMemoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
