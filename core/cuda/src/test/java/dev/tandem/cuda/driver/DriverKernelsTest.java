package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.op.Precision;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.DoublePointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;

/** The driver's own kernels compute what its libraries would. */
class DriverKernelsTest {

  private final HostDevice device = new HostDevice();

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isThere() || "true".equals(System.getenv("CI")), "skipped: there is no g++");
  }

  private long put(double... values) {
    long address = device.allocate(8L * values.length);
    device.upload(new DoublePointer(values), address, 8L * values.length);
    return address;
  }

  private double[] get(long address, int count) {
    double[] values = new double[count];
    try (DoublePointer host = new DoublePointer(count)) {
      device.download(address, host, 8L * count);
      host.get(values);
    }
    return values;
  }

  private void run(Command... commands) {
    try (Device.Recording recording = device.record(List.of(commands))) {
      recording.run();
    }
  }

  private static double[] numbers(long count, int seed) {
    return new Random(seed).doubles(count).map(x -> x - .5).toArray();
  }

  @ParameterizedTest
  @EnumSource(ConvolutionKind.class)
  void convolution_byOneThreadPerElement_isThatOfLibraries(ConvolutionKind kind) {
    ConvGeometry geometry = new ConvGeometry(2, 1, 1, 1, 2, 2, 1, 2);
    Shape image = Shape.of(2, 6, 5, 3);
    Shape kernel = Shape.of(4, 3, 2, 3);
    Shape output = Shape.of(2, geometry.outputHeight(6, 3), geometry.outputWidth(5, 2), 4);
    Shape result =
        switch (kind) {
          case OUTPUT -> output;
          case IMAGE_GRADIENT -> image;
          case KERNEL_GRADIENT -> kernel;
        };
    Command.Convolution command =
        new Command.Convolution(
            kind,
            DataType.DOUBLE,
            Precision.FLOAT32,
            geometry,
            image,
            kernel,
            output,
            put(numbers(image.length(), 1)),
            put(numbers(kernel.length(), 2)),
            put(numbers(output.length(), 3)));
    long written =
        switch (kind) {
          case OUTPUT -> command.output();
          case IMAGE_GRADIENT -> command.image();
          case KERNEL_GRADIENT -> command.kernel();
        };

    run(command);
    double[] expected = get(written, (int) result.length());
    device.upload(new DoublePointer(numbers(result.length(), 4)), written, 8 * result.length());
    run(DirectConvolution.of(command));

    assertThat(get(written, (int) result.length())).containsExactly(expected, within(1e-12));
  }

  private static Command.Product product(
      long inner, long a, long b, long bias, boolean relu, long addend, long out) {
    return new Command.Product(
        DataType.DOUBLE,
        Precision.FLOAT32,
        2,
        3,
        inner,
        4,
        false,
        true,
        a,
        b,
        bias,
        relu,
        addend,
        out);
  }

  @Test
  void product_thenBiasAndRelu_isThatOfLibraries() {
    long a = put(numbers(2 * 3 * 5, 1));
    long b = put(numbers(2 * 5 * 4, 2));
    long bias = put(.1, Double.NaN, -.2, .3);
    long out = put(new double[24]);
    Command.Product whole = product(5, a, b, bias, true, 0, out);

    run(whole);
    double[] expected = get(out, 24);
    run(ProductEnding.without(whole), ProductEnding.of(whole));

    assertThat(get(out, 24)).containsExactly(expected, within(1e-12));
    assertThat(expected[1]).isNaN();
  }

  @Test
  void product_withNothingToSum_isBiasOrWhatIsAdded() {
    long bias = put(.1, -.3, .2, Double.NaN);
    long out = put(numbers(24, 1));
    double[] numbers = numbers(24, 2);

    run(ProductEnding.ofNothing(product(0, 0, 0, bias, true, 0, out)));
    assertThat(get(out, 24)).startsWith(.1, 0, .2, Double.NaN).endsWith(.1, 0, .2, Double.NaN);
    run(ProductEnding.ofNothing(product(0, 0, 0, 0, false, 0, out)));
    assertThat(get(out, 24)).containsOnly(0);
    run(ProductEnding.ofNothing(product(0, 0, 0, 0, false, put(numbers), out)));
    assertThat(get(out, 24)).containsExactly(numbers);
  }

  @Test
  void algorithm_thatAddsInAnyOrder_isNeverTaken() {
    int deterministic = 1;

    assertThat(new DnnAlgorithm.Candidate(0, 0, 0).isAllowed(ConvolutionKind.OUTPUT)).isFalse();
    assertThat(new DnnAlgorithm.Candidate(0, 0, deterministic).isAllowed(ConvolutionKind.OUTPUT))
        .isTrue();
    for (ConvolutionKind kind :
        List.of(ConvolutionKind.IMAGE_GRADIENT, ConvolutionKind.KERNEL_GRADIENT)) {
      assertThat(new DnnAlgorithm.Candidate(0, 0, deterministic).isAllowed(kind)).isFalse();
      assertThat(new DnnAlgorithm.Candidate(1, 0, deterministic).isAllowed(kind)).isTrue();
      assertThat(new DnnAlgorithm.Candidate(1, 3000, deterministic).isAllowed(kind)).isFalse();
    }
  }
}
