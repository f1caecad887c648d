package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Random numbers of a card are those of the host. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class CudaRandomsTest {

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void numbers_ofEachStep_areThoseOfTheHost(DataType dtype) {
    TensorSpec spec = new TensorSpec(Shape.of(301, 67), dtype);
    Ops ops = new Ops();
    OpGraph graph =
        ops.build(
            Map.of("uniform", RandomOps.uniform(ops, spec), "normal", RandomOps.normal(ops, spec)));
    INDArray expected = Nd4j.create(dtype, spec.shape().toArray());
    try (Program program = new CudaEngine(new HostDevice()).prepare(graph)) {
      for (long step : new long[] {0, 1, 1L << 40}) {
        long seed = 7 - 3 * step;
        program.run(seed, step);
        for (int stream = 0; stream < 2; stream++) {
          CounterRandom random = CounterRandom.of(seed, step, stream);
          boolean uniform = isUniform(graph, stream);
          if (uniform) {
            random.uniform(expected);
          } else {
            random.normal(expected);
          }
          INDArray made = program.output(uniform ? "uniform" : "normal");
          long differ = 0;
          for (long i = 0; i < made.length(); i++) {
            differ += made.getDouble(i) == expected.getDouble(i) ? 0 : 1;
          }
          assertThat(differ).as("%s in step %d", uniform ? "uniform" : "normal", step).isZero();
        }
      }
    }
  }

  private static boolean isUniform(OpGraph graph, int stream) {
    return graph.outputs().get("uniform").call().op()
            instanceof dev.tandem.core.op.random.RandomUniform op
        && op.stream() == stream;
  }
}
