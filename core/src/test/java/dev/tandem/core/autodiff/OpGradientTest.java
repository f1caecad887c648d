package dev.tandem.core.autodiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.OpSample;
import dev.tandem.core.op.OpSample.Slope;
import dev.tandem.core.op.OpSamples;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Holds every op's shapes and gradient rule against what the op computes. */
class OpGradientTest {

  static Stream<OpSample> all() {
    return OpSamples.all();
  }

  static Stream<OpSample> smooth() {
    return with(Slope.SMOOTH);
  }

  static Stream<OpSample> once() {
    return with(Slope.ONCE);
  }

  static Stream<OpSample> flat() {
    return with(Slope.NONE);
  }

  static Stream<OpSample> refused() {
    return with(Slope.REFUSED);
  }

  private static Stream<OpSample> with(Slope slope) {
    return OpSamples.all().filter(sample -> sample.slope() == slope);
  }

  @ParameterizedTest
  @MethodSource("all")
  void infer_givesTheSpecsThatAreComputed(OpSample sample) {
    for (DataType dtype : List.of(DataType.DOUBLE, DataType.FLOAT)) {
      OpGraph graph = sample.graph(dtype);
      try (Program program = new SameDiffEngine().prepare(graph)) {
        sample.feeds(dtype).forEach(program::feed);
        program.run(1, 2);
        graph.outputs().forEach((name, value) -> assertSpec(value.spec(), program.output(name)));
      }
    }
  }

  private static void assertSpec(TensorSpec spec, INDArray array) {
    assertThat(new TensorSpec(Shape.of(array.shape()), array.dataType())).isEqualTo(spec);
  }

  @ParameterizedTest
  @MethodSource("all")
  void values_inFloat32_areThoseInFloat64(OpSample sample) {
    List<INDArray> exact = run(sample, DataType.DOUBLE);
    List<INDArray> rounded = run(sample, DataType.FLOAT);

    for (int i = 0; i < exact.size(); i++) {
      INDArray difference = exact.get(i).sub(rounded.get(i).castTo(exact.get(i).dataType()));
      assertThat(difference.normmaxNumber().doubleValue()).isLessThan(1e-4);
    }
  }

  private static List<INDArray> run(OpSample sample, DataType dtype) {
    OpGraph graph = sample.graph(dtype);
    try (Program program = new SameDiffEngine().prepare(graph)) {
      sample.feeds(dtype).forEach(program::feed);
      program.run(1, 2);
      return graph.outputs().keySet().stream().map(name -> program.output(name).dup()).toList();
    }
  }

  @ParameterizedTest
  @MethodSource("smooth")
  void vjp_twice_isTheDerivative(OpSample sample) {
    check(sample).secondOrder();
  }

  @ParameterizedTest
  @MethodSource("once")
  void vjp_ofAnOpThatHasOneDerivative_isTheDerivative(OpSample sample) {
    check(sample).firstOrder();

    assertThatThrownBy(check(sample)::secondOrder)
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining(sample.op().apply(DataType.DOUBLE).opName());
  }

  private static GradientCheck check(OpSample sample) {
    Op op = sample.op().apply(DataType.DOUBLE);
    return GradientCheck.of(
        (ops, inputs) -> joined(ops, ops.apply(op, inputs)), sample.inputs(DataType.DOUBLE));
  }

  private static Value joined(Ops ops, List<Value> outputs) {
    return ops.concat(
        0, outputs.stream().map(value -> ops.reshape(value, value.shape().length())).toList());
  }

  @ParameterizedTest
  @MethodSource("flat")
  void vjp_ofAnOpWithoutDerivative_isNull(OpSample sample) {
    VjpContext back = backward(sample);

    assertThat(back.call().op().vjp(back)).hasSameSizeAs(sample.inputs()).allMatch(Objects::isNull);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void vjp_ofAnOpThatCannotBeDifferentiated_throws(OpSample sample) {
    VjpContext back = backward(sample);

    assertThatThrownBy(() -> back.call().op().vjp(back))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  private static VjpContext backward(OpSample sample) {
    OpCall call = sample.graph(DataType.DOUBLE).outputs().get("out0").call();
    Ops ops = new Ops();
    List<Value> upstream = new ArrayList<>();
    for (Value output : call.outputs()) {
      upstream.add(ops.fill(1, output.spec()));
    }
    return new VjpContext(ops, call, upstream);
  }
}
