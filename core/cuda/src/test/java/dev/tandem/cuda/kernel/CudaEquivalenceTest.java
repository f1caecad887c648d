package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Program;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import dev.tandem.cuda.device.KernelTexts;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every kernel for a card computes what the op's SameDiff expression computes. */
class CudaEquivalenceTest {

  @BeforeAll
  static void compile() {
    if (HostDevice.isThere()) {
      HostDevice.prepare(KernelTexts.ofSamples(DataType.FLOAT).values());
      HostDevice.prepare(KernelTexts.ofSamples(DataType.DOUBLE).values());
    }
  }

  static Stream<OpSample> samples() {
    return OpSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_onFloat32_equalsExpression(OpSample sample) {
    check(sample, DataType.FLOAT, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_onFloat64_equalsExpression(OpSample sample) {
    check(sample, DataType.DOUBLE, 1e-12);
  }

  private static void check(OpSample sample, DataType dtype, double tolerance) {
    OpGraph graph = sample.graph(dtype);
    try (Program cuda = new CudaEngine(Cards.host()).prepare(graph);
        Program expected = new SameDiffEngine().prepare(graph)) {
      sample.feeds(dtype).forEach(cuda::feed);
      sample.feeds(dtype).forEach(expected::feed);
      cuda.run(3, 5);
      expected.run(3, 5);
      for (String name : graph.outputs().keySet()) {
        INDArray got = cuda.output(name);
        INDArray want = expected.output(name);
        assertThat(got.shape()).isEqualTo(want.shape());
        double[] a = got.ravel().castTo(DataType.DOUBLE).toDoubleVector();
        double[] b = want.dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
        for (int i = 0; i < a.length; i++) {
          assertThat(a[i])
              .as("%s at %s", name, i)
              .isCloseTo(b[i], within(tolerance * Math.max(1, Math.abs(b[i]))));
        }
      }
    }
  }
}
