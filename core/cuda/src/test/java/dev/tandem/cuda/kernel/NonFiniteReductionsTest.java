package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.op.Max;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.loss.SigmoidCrossEntropy;
import dev.tandem.core.op.loss.SoftmaxCrossEntropy;
import dev.tandem.core.op.norm.BatchNorm;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.LayerNormGradient;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Reductions, losses, normalizations and updates × {NaN, +∞, −∞} in one element of each input: what
 * is no number stands where the definition has it.
 */
class NonFiniteReductionsTest {

  private static final double[] OTHERS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static final Set<Object> OPS =
      Set.of(
          Sum.class,
          Max.class,
          Softmax.class,
          LogSoftmax.class,
          SoftmaxCrossEntropy.class,
          SigmoidCrossEntropy.class,
          BatchNorm.class,
          BatchNormGradient.class,
          LayerNorm.class,
          LayerNormGradient.class,
          AdamUpdate.class);

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI")),
        "no g++: kernels for cards are not tested");
  }

  static Stream<OpSample> samples() {
    return OpSamples.all().filter(s -> OPS.contains(s.op().apply(DataType.FLOAT).kind()));
  }

  /** As in {@code ..x.}: what is a number, and what is not. */
  private static String signs(Program program, Map<String, INDArray> feeds) {
    feeds.forEach(program::feed);
    program.run(1, 1);
    StringBuilder signs = new StringBuilder();
    for (String output : program.graph().outputs().keySet()) {
      for (double value :
          program.output(output).dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector()) {
        signs.append(Double.isFinite(value) ? '.' : 'x');
      }
      signs.append(' ');
    }
    return signs.toString();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void otherThanNumbers_standWhereTheDefinitionHasThem(OpSample sample) {
    OpGraph graph = sample.graph(DataType.FLOAT);
    try (Program cuda = new CudaEngine(new HostDevice()).prepare(graph);
        Program expected = new SameDiffEngine().prepare(graph)) {
      for (String name : sample.feeds(DataType.FLOAT).keySet()) {
        for (double other : OTHERS) {
          Map<String, INDArray> feeds = new LinkedHashMap<>();
          sample.feeds(DataType.FLOAT).forEach((n, array) -> feeds.put(n, array.dup('c')));
          INDArray array = feeds.get(name);
          array.putScalar(array.length() / 2, other);
          assertThat(signs(cuda, feeds))
              .as("%s holds %s", name, other)
              .isEqualTo(signs(expected, feeds));
        }
      }
    }
  }
}
