package dev.tandem.core.engine;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every kernel computes what the op's SameDiff expression computes. */
class KernelEquivalenceTest {

  static Stream<OpSample> samples() {
    return OpSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_onFloat32_equalsExpression(OpSample sample) {
    check(sample, sample.graph(DataType.FLOAT), DataType.FLOAT, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_onFloat64_equalsExpression(OpSample sample) {
    check(sample, sample.graph(DataType.DOUBLE), DataType.DOUBLE, 1e-12);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_onPartsOfTheArena_equalsExpression(OpSample sample) {
    check(sample, inArena(sample, DataType.FLOAT), DataType.FLOAT, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void kernel_withoutOneDnn_equalsExpression(OpSample sample) {
    EngineComparison.of(sample.graph(DataType.FLOAT))
        .on(new PlanEngine(EngineOptions.defaults().without("onednn")))
        .feeds(sample.feeds(DataType.FLOAT))
        .steps(2)
        .within(1e-5)
        .agree();
  }

  private static void check(OpSample sample, OpGraph graph, DataType dtype, double tolerance) {
    EngineComparison.of(graph).feeds(sample.feeds(dtype)).steps(2).within(tolerance).agree();
  }

  /** The op between others, so that its inputs and outputs lie in the arena. */
  private static OpGraph inArena(OpSample sample, DataType dtype) {
    Ops ops = new Ops();
    List<Value> inputs = new ArrayList<>();
    for (TensorSpec spec : sample.specs(dtype)) {
      Value feed = ops.feed("in" + inputs.size(), spec);
      inputs.add(spec.dtype().isFPType() ? ops.one(new Scale(1), feed) : feed);
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    for (Value output : ops.apply(sample.op().apply(dtype), inputs)) {
      outputs.put("out" + output.index(), ops.one(new Scale(1), output));
    }
    return ops.build(outputs.buildOrThrow());
  }
}
