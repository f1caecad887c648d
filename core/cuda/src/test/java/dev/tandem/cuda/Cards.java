package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.cuda.device.HostDevice;

/** Devices for tests. */
public final class Cards {

  private Cards() {}

  /** A device of this test alone; without a compiler the test is skipped, or fails on a server. */
  public static HostDevice host() {
    if (!HostDevice.isThere()) {
      String why = "there is no g++ to compile kernels for the host with";
      if ("true".equals(System.getenv("CI"))) {
        fail(why);
      }
      assumeTrue(false, why);
    }
    return new HostDevice();
  }
}
