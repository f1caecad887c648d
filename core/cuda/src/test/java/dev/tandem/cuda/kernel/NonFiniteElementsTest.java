package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.activation.EluGradient;
import dev.tandem.core.op.activation.GeluGradient;
import dev.tandem.core.op.activation.GeluTanhGradient;
import dev.tandem.core.op.activation.SwishGradient;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** NaN and infinities in elements stand where the definitions have them. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class NonFiniteElementsTest {

  private static final double[] OTHERS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private static final float[] ROW = {
    Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f, 1, -1, 90, -90, 3e38f
  };

  static Stream<Arguments> table() {
    List<Arguments> table = new ArrayList<>();
    ElementwiseSamples.all()
        .filter(sample -> !sample.inputs().isEmpty())
        .forEach(
            sample ->
                sample
                    .feeds(DataType.FLOAT)
                    .forEach(
                        (name, array) -> {
                          if (array.dataType().isFPType()) {
                            table.add(Arguments.of(sample, name));
                          }
                        }));
    return table.stream();
  }

  private static String signs(Engine engine, OpGraph graph, List<Map<String, INDArray>> all) {
    StringBuilder signs = new StringBuilder();
    try (Program program = engine.prepare(graph)) {
      for (Map<String, INDArray> feeds : all) {
        feeds.forEach(program::feed);
        program.run(1, 1);
        for (String output : graph.outputs().keySet()) {
          signs.append(output).append(' ');
          INDArray array = program.output(output).dup('c');
          for (long i = 0; i < array.length(); i++) {
            double value = array.getDouble(i);
            signs.append(
                Double.isFinite(value) ? '.' : Double.isNaN(value) ? 'N' : value > 0 ? '+' : '-');
          }
          signs.append('\n');
        }
      }
    }
    return signs.toString();
  }

  private static void agree(OpGraph graph, List<Map<String, INDArray>> all) {
    assertThat(signs(new CudaEngine(new HostDevice()), graph, all))
        .isEqualTo(signs(new SameDiffEngine(), graph, all));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("table")
  void otherThanNumbers_standWhereTheDefinitionHasThem(OpSample sample, String name) {
    List<Map<String, INDArray>> all = new ArrayList<>();
    for (double other : OTHERS) {
      Map<String, INDArray> feeds = new LinkedHashMap<>();
      sample.feeds(DataType.FLOAT).forEach((input, array) -> feeds.put(input, array.dup('c')));
      INDArray array = feeds.get(name);
      array.putScalar(array.length() / 2, other);
      all.add(feeds);
    }
    agree(sample.graph(DataType.FLOAT), all);
  }

  /** Every pair of the row, for functions of two. */
  @Test
  void pairs_ofOtherThanNumbers_areWhatTheDefinitionsHave() {
    Ops ops = new Ops();
    TensorSpec spec = TensorSpec.of(ROW.length, ROW.length);
    Value a = ops.feed("a", spec);
    Value b = ops.feed("b", spec);
    OpGraph graph =
        ops.build(
            ImmutableMap.<String, Value>builder()
                .put("add", ops.add(a, b))
                .put("divide", ops.divide(a, b))
                .put("maximum", ops.maximum(a, b))
                .put("minimum", ops.minimum(a, b))
                .put("greater", ops.greater(a, b))
                .put("equal", ops.equal(a, b))
                .put("clip", ops.clip(a, -1, 1))
                .put("elu gradient", ops.one(new EluGradient(0.7, false), b, a))
                .put("selu gradient", ops.one(new EluGradient(1.7, true), b, a))
                .put("swish gradient", ops.one(new SwishGradient(), b, a))
                .put("gelu gradient", ops.one(new GeluGradient(), b, a))
                .put("gelu tanh gradient", ops.one(new GeluTanhGradient(), b, a))
                .put("elu", ActivationOps.elu(ops, a, 0.7))
                .put("selu", ActivationOps.selu(ops, a))
                .put("relu", ActivationOps.relu(ops, a))
                .put("leaky", ActivationOps.leakyRelu(ops, a, 0))
                .put("softplus", ActivationOps.softplus(ops, a))
                .put("sigmoid", ActivationOps.sigmoid(ops, a))
                .put("swish", ActivationOps.swish(ops, a))
                .put("root", ops.power(a, 0.5))
                .put("inverse root", ops.power(a, -0.5))
                .put("inverse", ops.power(a, -1))
                .put("cube", ops.power(a, 3))
                .put("power", ops.power(a, 1.5))
                .put("nothing", ops.power(a, 0))
                .put("sign", ops.sign(a))
                .put("step", ops.step(a))
                .build());
    INDArray row = Nd4j.createFromArray(ROW).reshape(1, ROW.length);
    INDArray ones = Nd4j.ones(DataType.FLOAT, ROW.length, 1);
    INDArray left = ones.mmul(Nd4j.ones(DataType.FLOAT, 1, ROW.length));
    INDArray right = left.dup('c');
    for (int i = 0; i < ROW.length; i++) {
      left.putRow(i, Nd4j.ones(DataType.FLOAT, 1, ROW.length).assign(ROW[i]));
      right.putRow(i, row);
    }
    agree(graph, List.of(Map.of("a", left.dup('c'), "b", right)));
  }

  @Test
  void argMax_ofRowsWithOtherThanNumbers_isThatOfTheDefinition() {
    float nan = Float.NaN;
    float most = Float.POSITIVE_INFINITY;
    INDArray x =
        Nd4j.createFromArray(
            new float[][] {
              {1, nan, 2, 2},
              {nan, 1, 1, 0},
              {-most, -most, -most, -most},
              {nan, nan, nan, nan},
              {-most, -3, nan, -4},
              {most, nan, most, 0},
              {-5, -4, -4, -6}
            });
    Ops ops = new Ops();
    Value in = ops.feed("x", TensorSpec.of(7, 4));
    OpGraph graph = ops.build(Map.of("at", ArrayOps.argMax(ops, in)));
    List<String> both = new ArrayList<>();
    for (Engine engine : List.of(new CudaEngine(new HostDevice()), new SameDiffEngine())) {
      try (Program program = engine.prepare(graph)) {
        program.feed("x", x);
        program.run(0, 0);
        both.add(program.output("at").toString());
      }
    }
    assertThat(both.get(0)).isEqualTo(both.get(1));
  }
}
