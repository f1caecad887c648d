package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.cuda.device.HostDevice;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CudaCheckTest {

  @Test
  void check_onTheHostDevice_findsAllRight() {
    assumeTrue(
        HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI")),
        "no g++: kernels for cards are not tested");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    HostDevice device = new HostDevice();

    int failures = CudaCheck.run(device, new PrintStream(bytes, true, StandardCharsets.UTF_8), 2);

    String lines = bytes.toString(StandardCharsets.UTF_8);
    assertThat(failures).as(lines).isZero();
    assertThat(lines.lines()).hasSize(12).allMatch(line -> line.startsWith("ok "));
    assertThat(device.allocations()).isZero();
  }
}
