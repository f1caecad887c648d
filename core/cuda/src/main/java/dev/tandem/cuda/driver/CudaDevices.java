package dev.tandem.cuda.driver;

import org.jspecify.annotations.Nullable;

/** The card of this process, which all its engines share. */
public final class CudaDevices {

  /** The card's index, counted from 0. */
  static final String CARD = "tandem.cuda.device";

  /** The same as an environment variable. */
  static final String CARD_VARIABLE = "TANDEM_CUDA_DEVICE";

  private static @Nullable CudaDevice shared;

  private CudaDevices() {}

  /**
   * The card that the system property {@code tandem.cuda.device} or the variable {@code
   * TANDEM_CUDA_DEVICE} names by its index, else the first. It is opened when it is first asked
   * for.
   *
   * @throws IllegalStateException if it cannot be used; names everything that is missing, and the
   *     next step
   */
  public static synchronized CudaDevice shared() {
    CudaDevice device = shared;
    if (device == null || !device.isOpen()) {
      device = CudaDevice.open(index(System.getenv(CARD_VARIABLE)));
      shared = device;
    }
    return device;
  }

  static int index(@Nullable String variable) {
    String property = System.getProperty(CARD);
    String text = property != null ? property : variable != null ? variable : "0";
    if (!text.strip().matches("\\d{1,4}")) {
      throw new IllegalStateException(
          (property != null ? CARD : CARD_VARIABLE)
              + " is the index of a card, counted from 0, and not \""
              + text
              + "\"");
    }
    return Integer.parseInt(text.strip());
  }
}
