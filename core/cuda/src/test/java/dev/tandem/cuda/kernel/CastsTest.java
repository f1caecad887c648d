package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Casts between all types, and arithmetic of integers. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class CastsTest {

  private static final List<DataType> TYPES =
      List.of(
          DataType.FLOAT,
          DataType.DOUBLE,
          DataType.INT32,
          DataType.INT64,
          DataType.INT8,
          DataType.UINT8,
          DataType.BOOL);

  private static void agree(OpGraph graph, INDArray x) {
    try (Program cuda = new CudaEngine(new HostDevice()).prepare(graph);
        Program defined = new SameDiffEngine().prepare(graph)) {
      cuda.feed("x", x);
      defined.feed("x", x);
      cuda.run(0, 0);
      defined.run(0, 0);
      for (String name : graph.outputs().keySet()) {
        assertThat(cuda.output(name).toStringFull())
            .as(name)
            .isEqualTo(defined.output(name).toStringFull());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE", "INT", "LONG", "BYTE", "UBYTE", "BOOL"})
  void cast_toEachType_isWhatTheDefinitionGives(DataType from) {
    INDArray x =
        Nd4j.createFromArray(0, 1, -1, 2.7, -2.7, 100, -100, 127.5, 200, 255, 300, -200, 70000, 0.3)
            .castTo(from);
    Ops ops = new Ops();
    Value in = ops.feed("x", new TensorSpec(Shape.of(x.length()), from));
    ImmutableMap.Builder<String, Value> casts = ImmutableMap.builder();
    for (DataType to : TYPES) {
      if (to != from) {
        casts.put(to.name(), ops.cast(in, to));
      }
    }
    agree(ops.build(casts.build()), x);
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void cast_ofNanAndOfWhatIsTooLarge_isTheLeastInteger(DataType from) {
    INDArray x =
        Nd4j.createFromArray(
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY,
                3e9,
                -3e9,
                1e19,
                -1e19,
                2147483648.0)
            .castTo(from);
    Ops ops = new Ops();
    Value in = ops.feed("x", new TensorSpec(Shape.of(x.length()), from));
    agree(
        ops.build(
            ImmutableMap.of(
                "int", ops.cast(in, DataType.INT32), "long", ops.cast(in, DataType.INT64))),
        x);
  }

  @ParameterizedTest
  @EnumSource(names = {"INT", "LONG"})
  void arithmetic_ofIntegers_isWhatTheDefinitionGives(DataType dtype) {
    INDArray x = Nd4j.createFromArray(0, 1, -1, 2, -7, 100, 2147483, -99999).castTo(dtype);
    Ops ops = new Ops();
    Value in = ops.feed("x", new TensorSpec(Shape.of(x.length()), dtype));
    Value three = ops.fill(3, new TensorSpec(Shape.of(x.length()), dtype));
    agree(
        ops.build(
            ImmutableMap.<String, Value>builder()
                .put("add", ops.add(in, three))
                .put("subtract", ops.subtract(three, in))
                .put("multiply", ops.multiply(in, three))
                .put("divide", ops.divide(in, three))
                .put("maximum", ops.maximum(in, three))
                .put("minimum", ops.minimum(in, three))
                .put("greater", ops.greater(in, three))
                .put("equal", ops.equal(in, three))
                .put("scale", ops.scale(in, 2))
                .put("shift", ops.shift(in, -5))
                .put("abs", ops.abs(in))
                .put("sign", ops.sign(in))
                .put("square", ops.square(in))
                .build()),
        x);
  }
}
