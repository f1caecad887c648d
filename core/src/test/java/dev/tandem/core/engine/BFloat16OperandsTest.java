package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.pass.BFloat16Operands;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.Narrowed;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

class BFloat16OperandsTest {

  private static final Set<Class<?>> MULTIPLYING =
      Set.of(
          MatMul.class,
          Conv2DOp.class,
          Conv2DGradients.class,
          Conv2DInputGradient.class,
          Conv2DKernelGradient.class);

  static Stream<OpSample> samples() {
    return OpSamples.all().filter(s -> MULTIPLYING.contains(s.op().apply(DataType.FLOAT).kind()));
  }

  /** By oneDNN where the processor multiplies bfloat16, else by the op's expression. */
  @ParameterizedTest
  @MethodSource("samples")
  void product_ofBFloat16_addsUpInFloat32(OpSample sample) {
    Ops ops = new Ops();
    List<Value> operands = new ArrayList<>();
    for (TensorSpec spec : sample.specs(DataType.FLOAT)) {
      Value feed = ops.feed("in" + operands.size(), spec);
      operands.add(ops.cast(feed, DataType.BFLOAT16));
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    ops.apply(sample.op().apply(DataType.FLOAT), operands)
        .forEach(output -> outputs.put("out" + output.index(), output));
    OpGraph narrow = ops.build(outputs.buildOrThrow());

    try (Program program = new PlanEngine().prepare(narrow)) {
      assertDefined(sample.graph(DataType.DOUBLE), sample.feeds(DataType.FLOAT), program);
    }
  }

  private static final TensorSpec ROWS = TensorSpec.of(17, 24);

  private static OpGraph dense() {
    Ops ops = new Ops();
    Value x = ops.feed("x", ROWS);
    Value w = ops.feed("w", TensorSpec.of(24, 9));
    Value b = ops.feed("b", TensorSpec.of(9));
    Value y = ActivationOps.relu(ops, ops.add(ops.matmul(x, w), b));
    return ops.build(Map.of("y", y, "twice", ops.add(ops.matmul(x, w), y)));
  }

  private static Map<String, INDArray> feeds(OpGraph graph) {
    Map<String, INDArray> feeds = new LinkedHashMap<>();
    graph.feeds().forEach((name, spec) -> feeds.put(name, Samples.random(spec, name.hashCode())));
    return feeds;
  }

  @Test
  void chain_ofProductBiasAndActivation_roundsTheProductsOperandsAlone() {
    OpGraph graph = dense();
    Map<String, INDArray> feeds = feeds(graph);
    INDArray x = Narrowed.bfloat16(feeds.get("x"));
    INDArray w = Narrowed.bfloat16(feeds.get("w"));
    INDArray linear = x.mmul(w).addRowVector(feeds.get("b").castTo(DataType.DOUBLE));
    INDArray y = Transforms.max(linear, 0, true);

    for (PlanEngine engine : List.of(BFloat16Engines.widening(), BFloat16Engines.here())) {
      try (Program program = engine.prepare(graph, Precision.BF16)) {
        feeds.forEach(program::feed);
        program.run(0, 0);

        assertClose("y", program.output("y"), y, 1e-6);
        assertClose("twice", program.output("twice"), x.mmul(w).add(y), 1e-6);
      }
    }
  }

  @Test
  void graph_inFloat32_isLeftAsItIs() {
    OpGraph graph = dense();
    Map<String, INDArray> feeds = feeds(graph);

    try (Program plain = new PlanEngine().prepare(graph);
        Program asked = BFloat16Engines.widening().prepare(graph, Precision.FLOAT32)) {
      for (Program program : List.of(plain, asked)) {
        feeds.forEach(program::feed);
        program.run(0, 0);
      }

      assertThat(asked.output("y")).isEqualTo(plain.output("y"));
    }
  }

  private static Stream<Value> casts(OpGraph graph) {
    return graph.calls().stream()
        .flatMap(call -> call.outputs().stream())
        .filter(value -> value.dtype() == DataType.BFLOAT16);
  }

  @Test
  void operand_ofSeveralProducts_isRoundedOnce() {
    Ops ops = new Ops();
    Value x = ops.feed("x", ROWS);
    Variable weight = new Variable("w", TensorSpec.of(24, 24), () -> Nd4j.ones(24, 24));
    Value w = ops.read(weight);
    Value y = ops.matmul(ops.matmul(ops.matmul(x, w), w), w, false, true);
    Value g = ops.matmul(x, y, true, false);

    OpGraph narrow = BFloat16Operands.of(ops.build(Map.of("y", y, "g", g)));

    // x, w, two products between, and y
    assertThat(casts(narrow)).hasSize(5);
    assertThat(BFloat16Operands.of(narrow)).as("a second time").isSameAs(narrow);
  }

  @Test
  void product_withAVector_keepsAllBits() {
    Ops ops = new Ops();
    Value x = ops.feed("x", ROWS);
    Value one = ops.feed("one", TensorSpec.of(1, 24));
    Value score = ops.matmul(x, ops.feed("w", TensorSpec.of(24, 1)));
    Value sample = ops.matmul(one, ops.feed("v", TensorSpec.of(24, 9)));
    Value outer = ops.matmul(one, one, true, false);

    OpGraph graph = ops.build(Map.of("score", score, "sample", sample, "outer", outer));

    assertThat(BFloat16Operands.of(graph)).isSameAs(graph);
  }

  @Test
  void convolution_ofPixels_keepsAllBits() {
    Ops ops = new Ops();
    ConvGeometry way = ConvGeometry.valid(1, 1);
    Value pixels = ops.feed("pixels", TensorSpec.of(2, 8, 8, 3));
    Value maps = ops.one(new Conv2DOp(way), pixels, ops.feed("w", TensorSpec.of(3, 3, 3, 16)));
    Value back = ops.one(new Conv2DOp(way), maps, ops.feed("v", TensorSpec.of(3, 3, 16, 1)));
    OpGraph graph = ops.build(Map.of("back", back));

    assertThat(BFloat16Operands.of(graph)).isSameAs(graph);
  }

  @Test
  void float64_isLeftAsItIs() {
    Ops ops = new Ops();
    TensorSpec spec = new TensorSpec(Shape.of(6, 6), DataType.DOUBLE);
    Value x = ops.feed("x", spec);
    OpGraph graph = ops.build(Map.of("y", ops.matmul(x, x)));

    assertThat(BFloat16Operands.of(graph)).isSameAs(graph);
  }

  @Test
  void operands_beyondBFloat16AndNotFinite_becomeWhatRoundingSays() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(5, 2));
    Value w = ops.feed("w", TensorSpec.of(2, 2));
    OpGraph graph = ops.build(Map.of("y", ops.matmul(x, w)));
    INDArray numbers =
        Nd4j.createFromArray(
            new float[][] {
              {Float.MAX_VALUE, 0},
              {Float.NaN, 0},
              {Float.NEGATIVE_INFINITY, 0},
              {1.00390625f, 0},
              {3, 4}
            });

    try (Program program = BFloat16Engines.here().prepare(graph, Precision.BF16)) {
      program.feed("x", numbers);
      program.feed("w", Nd4j.ones(DataType.FLOAT, 2, 2));
      program.run(0, 0);

      assertThat(program.output("y").getColumn(0).toFloatVector())
          .containsExactly(
              new float[] {Float.POSITIVE_INFINITY, Float.NaN, Float.NEGATIVE_INFINITY, 1, 7},
              within(0f));
    }
  }

  @Test
  void listing_namesProductsOfBFloat16() {
    try (Plan plan = new PlanEngine().prepare(BFloat16Operands.of(dense()))) {
      assertThat(plan.describe().toString()).contains("of bf16").contains("cast");
      assertThat(plan.describe().operations()).isEqualTo(2. * 17 * 24 * 9);
    }
  }

  @Test
  void engine_withoutIt_refusesByName() {
    OpGraph graph = dense();
    PlanEngine generic = new PlanEngine(EngineOptions.defaults().without("onednn"));

    assertThatThrownBy(() -> generic.prepare(graph, Precision.BF16))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the engine PLAN without onednn does not compute in bf16: its kernels are oneDNN's,"
                + " which is not in use here; here it has float32");
    assertThatThrownBy(() -> new PlanEngine().prepare(graph, Precision.TF32))
        .hasMessageContaining("the engine PLAN does not compute in tf32: it is of NVIDIA's cards");
    assertThatThrownBy(() -> new SameDiffEngine().prepare(graph, Precision.BF16))
        .hasMessageContaining("SAMEDIFF does not compute in bf16")
        .hasMessageEndingWith("here it has float32");
    if (!BFloat16Engines.isNative()) {
      assertThatThrownBy(() -> new PlanEngine().prepare(graph, Precision.BF16))
          .hasMessageContaining("this processor has neither avx512_bf16 nor amx_bf16");
    }
  }

  /** Compares with float64 on operands rounded by definition. */
  private static void assertDefined(OpGraph exact, Map<String, INDArray> feeds, Program program) {
    try (Program definition = new SameDiffEngine().prepare(exact)) {
      feeds.forEach((name, array) -> definition.feed(name, Narrowed.bfloat16(array)));
      definition.run(0, 0);
      feeds.forEach(program::feed);
      program.run(0, 0);
      for (String name : exact.outputs().keySet()) {
        assertThat(program.output(name).dataType()).isEqualTo(DataType.FLOAT);
        assertClose(name, program.output(name), definition.output(name), 1e-6);
      }
    }
  }

  private static void assertClose(String name, INDArray actual, INDArray expected, double within) {
    double[] numbers = expected.dup('c').data().asDouble();
    double largest = Stream.of(expected).mapToDouble(e -> e.amaxNumber().doubleValue()).sum();
    assertThat(actual.castTo(DataType.DOUBLE).dup('c').data().asDouble())
        .as(name)
        .containsExactly(numbers, within(within * Math.max(1, largest)));
  }

  @Test
  void names_ofPrecisions_areKnownInAnyCase() {
    assertThat(Precision.named(" Bf16 ")).isEqualTo(Precision.BF16);
    assertThatThrownBy(() -> Precision.named("fp8"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no precision \"fp8\"; there are float32, tf32, bf16");
    assertThat(Precision.of(new SameDiffEngine())).containsExactly(Precision.FLOAT32);
  }

  @Test
  void engine_thatSaysItHasOneAndPreparesNone_isNotTrusted() {
    Engine engine =
        new Engine() {
          @Override
          public Program prepare(OpGraph graph) {
            return new PlanEngine().prepare(graph);
          }

          @Override
          public Optional<String> lacks(Precision precision) {
            return Optional.empty();
          }

          @Override
          public String toString() {
            return "MINE";
          }
        };

    assertThatThrownBy(() -> engine.prepare(dense(), Precision.BF16))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("MINE says that it has bf16, but prepares graphs in float32 alone");
  }

  /** An op that multiplies and is not among those that are rounded would be forgotten. */
  @Test
  void ops_thatMultiply_areRoundedOrKnownNotToBe() {
    assertThat(
            OpSamples.all()
                .map(sample -> sample.op().apply(DataType.FLOAT))
                .filter(op -> op.opName().matches(".*(matmul|conv).*"))
                .map(Op::opName)
                .distinct())
        .containsExactlyInAnyOrder(
            "matmul",
            "conv2d",
            "conv2d_gradients",
            "conv2d_input_gradient",
            "conv2d_kernel_gradient",
            "depthwise_conv2d",
            "depthwise_conv2d_input_gradient",
            "depthwise_conv2d_kernel_gradient");
  }
}
