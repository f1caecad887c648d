package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.activation.EluGradient;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.activation.ReluGradient;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.image.MaxPool2DSelect;
import dev.tandem.core.op.recurrent.Recurrence;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Every op × {NaN, +∞, −∞} in one element of each input: the kernels of all libraries have their
 * non-finite numbers where the definition has them, and NaN gets lost nowhere.
 */
class NonFiniteKernelsTest {

  private static final double[] OTHERS = {
    Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  /** Ops that say where numbers stand or how they compare, or leave some out. */
  private static final Set<Object> COMPARE =
      Set.of(
          ArgMax.class,
          Cast.class,
          BinaryFunction.EQUAL,
          BinaryFunction.GREATER,
          LeakyReluGradient.class,
          MaxPool2DGradient.class,
          MaxPool2DSelect.class,
          Pad.class,
          Recurrence.class,
          RecurrenceGradient.class,
          ReluGradient.class,
          UnaryFunction.SIGN,
          Select.class,
          Slice.class,
          SortIndices.class,
          UnaryFunction.STEP);

  static Stream<Arguments> table() {
    List<Arguments> table = new ArrayList<>();
    OpSamples.all()
        .filter(sample -> !sample.inputs().isEmpty())
        .forEach(
            sample ->
                sample
                    .feeds(DataType.FLOAT)
                    .forEach(
                        (name, array) -> {
                          for (double other : OTHERS) {
                            if (array.dataType().isFPType()) {
                              table.add(Arguments.of(sample, name, other));
                            }
                          }
                        }));
    return table.stream();
  }

  private static Map<String, INDArray> feeds(OpSample sample, String name, double other) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    sample.feeds(DataType.FLOAT).forEach((input, array) -> feeds.put(input, array.dup('c')));
    INDArray array = feeds.get(name);
    array.putScalar(array.length() / 2, other);
    return feeds;
  }

  /** As in {@code ..N.+}: one sign for each element. */
  private static String signs(Engine engine, OpGraph graph, Map<String, INDArray> feeds) {
    StringBuilder signs = new StringBuilder();
    try (Program program = engine.prepare(graph)) {
      feeds.forEach(program::feed);
      program.run(1, 1);
      for (String output : graph.outputs().keySet()) {
        INDArray array = program.output(output).dup('c');
        for (long i = 0; i < array.length(); i++) {
          double value = array.getDouble(i);
          signs.append(
              Double.isFinite(value) ? '.' : Double.isNaN(value) ? 'N' : value > 0 ? '+' : '-');
        }
        signs.append(' ');
      }
    }
    return signs.toString();
  }

  /**
   * Where a kernel may count zeros of the border times what is not finite, as 0 or as NaN, and
   * windows may not reach every pixel.
   */
  private static boolean countsBorders(OpSample sample) {
    String op = sample.op().apply(DataType.FLOAT).opName();
    return op.contains("conv2d");
  }

  @ParameterizedTest(name = "{0}, {1} holds {2}")
  @MethodSource("table")
  void otherThanNumbers_standWhereTheDefinitionHasThem(OpSample sample, String name, double other) {
    OpGraph graph = sample.graph(DataType.FLOAT);
    Map<String, INDArray> feeds = feeds(sample, name, other);
    String defined = signs(new SameDiffEngine(), graph, feeds);
    for (Engine engine :
        List.of(new PlanEngine(), new PlanEngine(EngineOptions.defaults().without("onednn")))) {
      String made = signs(engine, graph, feeds);
      if (countsBorders(sample)) {
        boolean gradient = sample.op().apply(DataType.FLOAT).opName().contains("gradient");
        // SameDiff's dilated kernels hold zeros, which meet pixels that are not read
        boolean dilated = sample.label().contains("dilationHeight=2");
        if (name.equals("in0") && !gradient && !dilated) {
          assertThat(made.matches("[. ]*"))
              .as("%s: %s", engine, made)
              .isEqualTo(defined.matches("[. ]*"));
        }
      } else if (sample.op().apply(DataType.FLOAT).opName().equals("relu")
          && other == Double.NEGATIVE_INFINITY) {
        // an overflow before a relu is NaN to oneDNN, never a silent 0
        assertThat(made.replace('N', '.')).as("%s", engine).isEqualTo(defined);
      } else if (sample.op().apply(DataType.FLOAT) instanceof EluGradient && name.equals("in1")) {
        // what the slope of a curve is beside numbers, libraries say differently: the curve told
        continue;
      } else {
        String expected = defined.replaceAll("[N+-]", "x");
        assertThat(made.replaceAll("[N+-]", "x")).as("%s", engine).isEqualTo(expected);
      }
    }
    boolean compares = COMPARE.contains(sample.op().apply(DataType.FLOAT).kind());
    if (Double.isNaN(other) && !compares && !countsBorders(sample)) {
      assertThat(defined).as("the definition keeps NaN").contains("N");
    }
  }

  static Stream<Arguments> fused() {
    Map<String, BiFunction<Ops, Value, Value>> functions =
        ImmutableMap.<String, BiFunction<Ops, Value, Value>>builder()
            .put("relu", ActivationOps::relu)
            .put("leaky relu", (ops, x) -> ActivationOps.leakyRelu(ops, x, 0.2))
            .put("leaky relu of slope 0", (ops, x) -> ActivationOps.leakyRelu(ops, x, 0))
            .put("elu", (ops, x) -> ActivationOps.elu(ops, x, 1))
            .put("selu", ActivationOps::selu)
            .put("gelu", ActivationOps::gelu)
            .put("gelu by tanh", ActivationOps::geluTanh)
            .put("swish", ActivationOps::swish)
            .put("softplus", ActivationOps::softplus)
            .put("sigmoid", ActivationOps::sigmoid)
            .put("tanh", ActivationOps::tanh)
            .put("exp", Ops::exp)
            .put("square", Ops::square)
            .put("abs", Ops::abs)
            .put("clip", (ops, x) -> ops.clip(x, -1, 1))
            .buildOrThrow();
    return functions.entrySet().stream()
        .flatMap(
            entry ->
                Stream.of(true, false)
                    .map(dense -> Arguments.of(entry.getKey(), dense, entry.getValue())));
  }

  @ParameterizedTest(name = "{0}, dense {1}")
  @MethodSource("fused")
  void nan_passesWhatIsFusedBehindAProduct(
      String name, boolean dense, BiFunction<Ops, Value, Value> function) {
    Ops ops = new Ops();
    Value x = ops.feed("x", dense ? TensorSpec.of(4, 8) : TensorSpec.of(2, 4, 4, 8));
    Value w = ops.feed("w", dense ? TensorSpec.of(8, 16) : TensorSpec.of(2, 2, 8, 16));
    Value bias = ops.feed("b", TensorSpec.of(16));
    Value product =
        dense ? ops.matmul(x, w) : ops.one(new Conv2DOp(ConvGeometry.valid(1, 1)), x, w);
    OpGraph graph = ops.build(Map.of("out", function.apply(ops, ops.add(product, bias))));
    for (double other : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      Map<String, INDArray> feeds = new LinkedHashMap<>();
      feeds.put("x", Samples.random(x.spec(), 1));
      feeds.put("w", Samples.random(w.spec(), 2));
      feeds.put("b", Samples.random(bias.spec(), 3));
      feeds.get("x").putScalar(5, other);
      String defined = signs(new SameDiffEngine(), graph, feeds);
      if (Double.isNaN(other)) {
        assertThat(signs(new PlanEngine(), graph, feeds)).isEqualTo(defined).contains("N");
      } else if (name.equals("relu")) {
        // minus infinity becomes NaN, and nothing that is not finite a number
        String made = signs(new PlanEngine(), graph, feeds);
        assertThat(made.replace('N', '.')).isEqualTo(defined);
      }
    }
  }

  @Test
  void maximum_ofANumberAndNan_isNanInEitherOrder() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(3));
    OpGraph graph =
        ops.build(
            Map.of(
                "a", ops.maximum(x, ops.scalar(1, x.dtype())),
                "b", ops.maximum(ops.scalar(1, x.dtype()), x),
                "c", ops.minimum(x, ops.scalar(1, x.dtype())),
                "d", ops.minimum(ops.scalar(1, x.dtype()), x),
                "e", ops.clip(x, -1, 1)));
    INDArray values = org.nd4j.linalg.factory.Nd4j.createFromArray(Float.NaN, 0.5f, 2f);
    for (Engine engine :
        List.of(
            new SameDiffEngine(),
            new PlanEngine(),
            new PlanEngine(EngineOptions.defaults().without("onednn")))) {
      assertThat(signs(engine, graph, Map.of("x", values)))
          .as("%s", engine)
          .isEqualTo("N.. N.. N.. N.. N.. ");
    }
  }
}
