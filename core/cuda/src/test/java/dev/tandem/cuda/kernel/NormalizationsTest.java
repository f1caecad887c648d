package dev.tandem.cuda.kernel;

import static dev.tandem.cuda.kernel.ReductionsTest.normal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.loss.SoftmaxCrossEntropy;
import dev.tandem.core.op.norm.BatchNorm;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.LayerNormGradient;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Normalizations and softmax with their launches, on rows and columns of many sizes. */
class NormalizationsTest {

  private static final double EPSILON = 1e-3;

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI")),
        "no g++: kernels for cards are not tested");
  }

  private static OpGraph graph(Op op, List<INDArray> inputs) {
    Ops ops = new Ops();
    List<Value> fed = new ArrayList<>();
    for (INDArray input : inputs) {
      fed.add(
          ops.feed("in" + fed.size(), new TensorSpec(Shape.of(input.shape()), input.dataType())));
    }
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    ops.apply(op, fed).forEach(output -> outputs.put("out" + output.index(), output));
    return ops.build(outputs.buildOrThrow());
  }

  private static List<INDArray> run(Op op, List<INDArray> inputs, int launches) {
    OpGraph graph = graph(op, inputs);
    try (CudaProgram program = new CudaEngine(new HostDevice()).prepare(graph)) {
      assertThat(program.commands()).as("%s", op).hasSize(launches);
      for (int i = 0; i < inputs.size(); i++) {
        program.feed("in" + i, inputs.get(i));
      }
      program.run(1, 1);
      return graph.outputs().keySet().stream().map(name -> program.output(name).dup('c')).toList();
    }
  }

  private static List<INDArray> expected(Op op, List<INDArray> inputs) {
    OpGraph graph = graph(op, inputs);
    try (dev.tandem.core.op.Program program = new SameDiffEngine().prepare(graph)) {
      for (int i = 0; i < inputs.size(); i++) {
        program.feed("in" + i, inputs.get(i));
      }
      program.run(1, 1);
      return graph.outputs().keySet().stream().map(name -> program.output(name).dup('c')).toList();
    }
  }

  private static void compare(List<INDArray> got, List<INDArray> want, double tolerance) {
    for (int output = 0; output < want.size(); output++) {
      double[] a = got.get(output).ravel().castTo(DataType.DOUBLE).toDoubleVector();
      double[] b = want.get(output).ravel().castTo(DataType.DOUBLE).toDoubleVector();
      for (int i = 0; i < b.length; i++) {
        assertThat(a[i])
            .as("output %s at %s", output, i)
            .isCloseTo(b[i], within(tolerance * Math.max(1, Math.abs(b[i]))));
      }
    }
  }

  private static List<INDArray> cast(List<INDArray> arrays, DataType dtype) {
    return arrays.stream().map(array -> array.castTo(dtype)).toList();
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        Arguments.of(1, 1, 1),
        Arguments.of(2, 33, 1),
        Arguments.of(130, 7, 1),
        Arguments.of(500, 40, 2),
        Arguments.of(9001, 3, 2),
        Arguments.of(1500, 1, 1));
  }

  @ParameterizedTest
  @MethodSource("sizes")
  void batchNorm_ofAnySize_isThatOfItsDefinition(int rows, int channels, int launches) {
    INDArray x = normal(DataType.DOUBLE, 1, 2, rows, channels);
    List<INDArray> inputs =
        List.of(
            x, normal(DataType.DOUBLE, 2, 1, channels), normal(DataType.DOUBLE, 3, 0, channels));
    Op op = new BatchNorm(EPSILON);
    List<INDArray> want = expected(op, inputs);
    compare(run(op, inputs, launches), want, 1e-11);
    compare(run(op, cast(inputs, DataType.FLOAT), launches), want, 2e-5);
    Op gradient = new BatchNormGradient(EPSILON);
    List<INDArray> back =
        List.of(
            x,
            inputs.get(1),
            want.get(1),
            want.get(2),
            normal(DataType.DOUBLE, 4, 0.1, rows, channels));
    List<INDArray> slopes = expected(gradient, back);
    compare(run(gradient, back, launches), slopes, 1e-10);
    compare(run(gradient, cast(back, DataType.FLOAT), launches), slopes, 2e-4);
  }

  static Stream<Arguments> rows() {
    return Stream.of(
        Arguments.of(1, 1, 1),
        Arguments.of(5, 31, 1),
        Arguments.of(300, 3, 1),
        Arguments.of(7, 777, 1),
        Arguments.of(3, 5003, 1),
        Arguments.of(4500, 6, 2));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void layerNorm_ofAnySize_isThatOfItsDefinition(int rows, int size, int launches) {
    INDArray x = normal(DataType.DOUBLE, 1, 2, rows, size);
    List<INDArray> inputs =
        List.of(x, normal(DataType.DOUBLE, 2, 1, size), normal(DataType.DOUBLE, 3, 0, size));
    Op op = new LayerNorm(EPSILON);
    List<INDArray> want = expected(op, inputs);
    compare(run(op, inputs, 1), want, 1e-11);
    compare(run(op, cast(inputs, DataType.FLOAT), 1), want, 5e-5);
    Op gradient = new LayerNormGradient(EPSILON);
    List<INDArray> back =
        List.of(
            x,
            inputs.get(1),
            want.get(1),
            want.get(2),
            normal(DataType.DOUBLE, 4, 0.1, rows, size));
    List<INDArray> slopes = expected(gradient, back);
    compare(run(gradient, back, launches), slopes, 1e-10);
    compare(run(gradient, cast(back, DataType.FLOAT), launches), slopes, 5e-4);
  }

  @Test
  void variances_ofNumbersFarFromZero_areRight() {
    for (int rows : new int[] {100, 5000}) {
      INDArray x = normal(DataType.FLOAT, 5, 1e4, rows, 3);
      INDArray exact = x.castTo(DataType.DOUBLE);
      List<INDArray> ones = List.of(Nd4j.ones(DataType.FLOAT, 3), Nd4j.zeros(DataType.FLOAT, 3));
      List<INDArray> batch =
          run(new BatchNorm(EPSILON), List.of(x, ones.get(0), ones.get(1)), rows == 100 ? 1 : 2);
      for (int channel = 0; channel < 3; channel++) {
        INDArray column = exact.getColumn(channel);
        assertThat(batch.get(1).getDouble(channel))
            .isCloseTo(column.meanNumber().doubleValue(), within(2e-3));
        assertThat(batch.get(2).getDouble(channel))
            .isCloseTo(column.var(false).getDouble(0), within(1e-4));
      }
    }
    INDArray x = normal(DataType.FLOAT, 6, 1e4, 4, 1000);
    List<INDArray> layer =
        run(
            new LayerNorm(EPSILON),
            List.of(x, Nd4j.ones(DataType.FLOAT, 1000), Nd4j.zeros(DataType.FLOAT, 1000)),
            1);
    for (int row = 0; row < 4; row++) {
      double variance = x.castTo(DataType.DOUBLE).getRow(row).var(false).getDouble(0);
      assertThat(layer.get(2).getDouble(row)).isCloseTo(variance, within(1e-4));
    }
  }

  static Stream<Arguments> widths() {
    return Stream.of(
        Arguments.of(1, 1),
        Arguments.of(3, 2),
        Arguments.of(70, 5),
        Arguments.of(5, 33),
        Arguments.of(3, 600),
        Arguments.of(2, 40001));
  }

  @ParameterizedTest
  @MethodSource("widths")
  void softmax_ofAnyWidth_isOneLaunchAndThatOfItsDefinition(int rows, int width) {
    INDArray x = normal(DataType.DOUBLE, 1, 3, rows, width).muli(5);
    INDArray targets = normal(DataType.DOUBLE, 2, 0, rows, width);
    List<INDArray> one = List.of(x);
    List<INDArray> both = List.of(x, targets);
    for (Op op : List.of(new Softmax(), new LogSoftmax(), new SoftmaxCrossEntropy())) {
      List<INDArray> inputs = op instanceof SoftmaxCrossEntropy ? both : one;
      List<INDArray> want = expected(op, inputs);
      compare(run(op, inputs, 1), want, 1e-10);
      compare(run(op, cast(inputs, DataType.FLOAT), 1), want, 2e-4);
    }
  }

  @Test
  void softmax_ofNanAndInfinity_isNanInWholeRowsOrZero() {
    INDArray x = normal(DataType.FLOAT, 7, 0, 3, 50);
    x.putScalar(0, 20, Double.NaN);
    x.putScalar(1, 49, Double.NEGATIVE_INFINITY);
    INDArray y = run(new Softmax(), List.of(x), 1).get(0);
    assertThat(y.getRow(0).toDoubleVector()).containsOnly(Double.NaN);
    assertThat(y.getDouble(1, 49)).isZero();
    assertThat(y.getRow(1).sumNumber().doubleValue()).isCloseTo(1, within(1e-6));
    assertThat(y.getRow(2).sumNumber().doubleValue()).isCloseTo(1, within(1e-6));
    INDArray log = run(new LogSoftmax(), List.of(x), 1).get(0);
    assertThat(log.getRow(0).toDoubleVector()).containsOnly(Double.NaN);
    assertThat(log.getDouble(1, 49)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(log.getDouble(1, 0)).isFinite();
  }
}
