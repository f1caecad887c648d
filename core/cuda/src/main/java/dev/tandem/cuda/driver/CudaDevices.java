package dev.tandem.cuda.driver;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The cards of this process, each of which is opened once and shared by all its engines. */
public final class CudaDevices {

  /** The card's index, counted from 0. */
  static final String CARD = "tandem.cuda.device";

  /** The same as an environment variable. */
  static final String CARD_VARIABLE = "TANDEM_CUDA_DEVICE";

  private static final Map<Integer, CudaDevice> SHARED = new HashMap<>();

  private CudaDevices() {}

  /**
   * The card that the system property {@code tandem.cuda.device} or the variable {@code
   * TANDEM_CUDA_DEVICE} names by its index, else the first. It is opened when it is first asked
   * for.
   *
   * @throws IllegalStateException if it cannot be used; names everything that is missing, and the
   *     next step
   */
  public static CudaDevice shared() {
    return shared(index(System.getenv(CARD_VARIABLE)));
  }

  /**
   * The card of an index, opened when it is first asked for.
   *
   * @param index its place among {@link CudaCards#all}
   * @throws IllegalStateException if it cannot be used; names everything that is missing, and the
   *     next step
   */
  public static synchronized CudaDevice shared(int index) {
    CudaDevice device = SHARED.get(index);
    if (device == null || !device.isOpen()) {
      device = CudaDevice.open(index);
      SHARED.put(index, device);
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
