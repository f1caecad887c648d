package dev.tandem.cuda.driver;

import com.google.common.collect.ImmutableList;
import java.nio.charset.StandardCharsets;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.SizeTPointer;

/** The cards of this machine. */
public final class CudaCards {

  private static final int LONGEST_NAME = 256;

  private CudaCards() {}

  /**
   * Asks the driver for its cards.
   *
   * @param libraries what {@link CudaLibraries#find()} found; driver and runtime are needed
   * @throws dev.tandem.cuda.device.DeviceException if one of these is missing, or if the driver
   *     answers with an error, as where there is no card; names the next step
   */
  public static ImmutableList<CudaCard> all(CudaLibraries libraries) {
    CudaNatives.loadDriver(libraries);
    CudaStatus.check(cudart.cuInit(0), "cuInit");
    int[] number = new int[1];
    CudaStatus.check(cudart.cuDriverGetVersion(number), "cuDriverGetVersion");
    String driver = number[0] / 1000 + "." + number[0] % 1000 / 10;
    CudaStatus.check(cudart.cuDeviceGetCount(number), "cuDeviceGetCount");
    ImmutableList.Builder<CudaCard> cards = ImmutableList.builder();
    for (int i = 0; i < number[0]; i++) {
      cards.add(card(i, driver));
    }
    return cards.build();
  }

  private static CudaCard card(int index, String driver) {
    int[] handle = new int[1];
    CudaStatus.check(cudart.cuDeviceGet(handle, index), "cuDeviceGet");
    byte[] name = new byte[LONGEST_NAME];
    CudaStatus.check(cudart.cuDeviceGetName(name, name.length, handle[0]), "cuDeviceGetName");
    try (SizeTPointer bytes = new SizeTPointer(1)) {
      CudaStatus.check(cudart.cuDeviceTotalMem(bytes, handle[0]), "cuDeviceTotalMem");
      return new CudaCard(
          index,
          new String(name, StandardCharsets.UTF_8).split("\0", 2)[0],
          attribute(cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR, handle[0]),
          attribute(cudart.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR, handle[0]),
          attribute(cudart.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT, handle[0]),
          bytes.get(),
          driver);
    }
  }

  /** A number that describes a card. */
  static int attribute(int which, int handle) {
    int[] value = new int[1];
    CudaStatus.check(
        cudart.cuDeviceGetAttribute(value, which, handle), "cuDeviceGetAttribute " + which);
    return value[0];
  }
}
