package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Products and convolutions of oneDNN with the bias and the activation behind them. */
class FusionTest {

  /** An activation by its name. */
  record Function(String name, BiFunction<Ops, Value, Value> draw) {

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Function> functions() {
    return Stream.of(
        new Function("relu", ActivationOps::relu),
        new Function("leaky_relu", (ops, x) -> ActivationOps.leakyRelu(ops, x, 0.2)),
        new Function("tanh", ActivationOps::tanh),
        new Function("sigmoid", ActivationOps::sigmoid),
        new Function("elu", (ops, x) -> ActivationOps.elu(ops, x, 1.5)),
        new Function("softplus", ActivationOps::softplus),
        new Function("gelu", ActivationOps::gelu),
        new Function("gelu_tanh", ActivationOps::geluTanh),
        new Function("swish", ActivationOps::swish));
  }

  @BeforeEach
  void needsOneDnn() {
    assumeTrue(LibrariesTest.oneDnnHasToServe());
  }

  private static List<String> kernels(OpGraph graph) {
    try (Plan plan = new PlanEngine().prepare(graph)) {
      return plan.profile(0).entries().stream().map(PlanProfile.Entry::op).toList();
    }
  }

  private static OpGraph withGradients(Ops ops, Value y, List<Value> of) {
    List<Value> gradients = Gradients.of(ops, ops.sum(ops.square(y)), of);
    return ops.build(
        Map.of("y", y, "g0", gradients.get(0), "g1", gradients.get(1), "g2", gradients.get(2)));
  }

  private static void agree(OpGraph graph) {
    EngineComparison.of(graph).feedRandomly().within(2e-5).agree();
  }

  private static List<Value> dense(Ops ops) {
    return List.of(
        ops.feed("x", TensorSpec.of(6, 7)),
        ops.feed("kernel", TensorSpec.of(7, 5)),
        ops.feed("bias", TensorSpec.of(5)));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void dense_withActivation_isOneKernel(Function function) {
    Ops ops = new Ops();
    List<Value> in = dense(ops);
    Value z = ops.add(ops.matmul(in.get(0), in.get(1)), in.get(2));
    OpGraph graph = ops.build(Map.of("y", function.draw().apply(ops, z)));
    assertThat(kernels(graph)).containsExactly("matmul + bias + " + function.name());
    agree(graph);
  }

  @ParameterizedTest
  @MethodSource("functions")
  void dense_withGradients_equalsSameDiff(Function function) {
    Ops ops = new Ops();
    List<Value> in = dense(ops);
    Value z = ops.add(in.get(2), ops.matmul(in.get(0), in.get(1)));
    agree(withGradients(ops, function.draw().apply(ops, z), in));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void convolution_withActivation_isOneKernelAndEqualsSameDiff(Function function) {
    Ops ops = new Ops();
    List<Value> in =
        List.of(
            ops.feed("x", TensorSpec.of(2, 9, 7, 3)),
            ops.feed("kernel", TensorSpec.of(3, 4, 3, 6)),
            ops.feed("bias", TensorSpec.of(6)));
    ConvGeometry geometry = ConvGeometry.same(9, 7, 3, 4, 2, 2, 1, 1);
    Value z = ops.add(ops.one(new Conv2DOp(geometry), in.get(0), in.get(1)), in.get(2));
    Value y = function.draw().apply(ops, z);
    assertThat(kernels(ops.build(Map.of("y", y))))
        .containsExactly("conv2d + bias + " + function.name());
    agree(withGradients(ops, y, in));
  }

  @ParameterizedTest
  @MethodSource("functions")
  void transposedConvolution_withBiasAndActivation_equalsSameDiff(Function function) {
    for (int stride = 1; stride <= 3; stride++) {
      Shape image = Shape.of(2, 3 * stride, 4 * stride, 6);
      ConvGeometry geometry =
          ConvGeometry.same(image.size(1), image.size(2), 4, 3, stride, stride, 1, 1);
      Ops ops = new Ops();
      List<Value> in =
          List.of(
              ops.feed("kernel", TensorSpec.of(4, 3, 6, 5)),
              ops.feed("x", TensorSpec.of(2, 3, 4, 5)),
              ops.feed("bias", TensorSpec.of(6)));
      Value made = ops.one(new Conv2DInputGradient(geometry, image), in.get(0), in.get(1));
      Value y = function.draw().apply(ops, ops.add(made, in.get(2)));
      agree(withGradients(ops, y, in));
    }
  }

  @Test
  void leakyRelu_withItsGradient_staysInTheProduct() {
    Ops ops = new Ops();
    List<Value> in = dense(ops);
    Value y =
        ActivationOps.leakyRelu(ops, ops.add(ops.matmul(in.get(0), in.get(1)), in.get(2)), 0.2);
    assertThat(kernels(withGradients(ops, y, in))).contains("matmul + bias + leaky_relu");
  }

  @Test
  void product_addedToATensor_isOneKernel() {
    for (boolean second : new boolean[] {false, true}) {
      Ops ops = new Ops();
      List<Value> in = dense(ops);
      Value z = ops.matmul(in.get(0), in.get(1));
      Value c = ops.feed("c", z.spec());
      OpGraph graph = ops.build(Map.of("y", second ? ops.add(c, z) : ops.add(z, c)));
      assertThat(kernels(graph)).containsExactly("matmul + add");
      agree(graph);
    }
  }

  @Test
  void products_addedToEachOther_areTwoKernels() {
    Ops ops = new Ops();
    List<Value> in = dense(ops);
    Value z = ops.matmul(in.get(0), in.get(1));
    Value other = ops.matmul(ops.feed("v", in.get(0).spec()), in.get(1));
    OpGraph graph = ops.build(Map.of("y", ops.add(z, other)));
    assertThat(kernels(graph)).containsExactly("matmul", "matmul + add");
    agree(graph);
  }

  @Test
  void product_thatSomethingElseReads_staysApart() {
    Ops ops = new Ops();
    List<Value> in = dense(ops);
    Value z = ops.matmul(in.get(0), in.get(1));
    OpGraph graph = ops.build(Map.of("z", z, "y", ops.add(z, in.get(2))));
    assertThat(kernels(graph)).containsExactly("matmul", "add");
    agree(graph);
  }

  @Test
  void products_ofAllOrientations_equalSameDiff() {
    for (long[] s : new long[][] {{1, 1, 1}, {5, 1, 3}, {1, 9, 4}, {33, 17, 2}, {3, 70, 65}}) {
      for (int way = 0; way < 4; way++) {
        boolean a = way % 2 == 1;
        boolean b = way / 2 == 1;
        Ops ops = new Ops();
        Value left = ops.feed("a", a ? TensorSpec.of(s[1], s[0]) : TensorSpec.of(s[0], s[1]));
        Value right = ops.feed("b", b ? TensorSpec.of(s[2], s[1]) : TensorSpec.of(s[1], s[2]));
        Value sum = ops.add(ops.matmul(left, right, a, b), ops.feed("c", TensorSpec.of(1, s[2])));
        agree(ops.build(Map.of("y", ActivationOps.relu(ops, sum))));
      }
    }
  }

  @Test
  void products_ofBatches_equalSameDiff() {
    for (int way = 0; way < 4; way++) {
      boolean a = way % 2 == 1;
      boolean b = way / 2 == 1;
      Ops ops = new Ops();
      Value left = ops.feed("a", a ? TensorSpec.of(3, 4, 2) : TensorSpec.of(3, 2, 4));
      Value right = ops.feed("b", b ? TensorSpec.of(3, 5, 4) : TensorSpec.of(3, 4, 5));
      Value sum = ops.add(ops.matmul(left, right, a, b), ops.feed("c", TensorSpec.of(5)));
      agree(ops.build(Map.of("y", ActivationOps.tanh(ops, sum))));
    }
  }
}
