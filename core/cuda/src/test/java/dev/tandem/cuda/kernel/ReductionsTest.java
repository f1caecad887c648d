package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tandem.core.op.Axes;
import dev.tandem.core.op.Max;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Sums and largest elements over any axes, with what comes before and behind them. */
class ReductionsTest {

  @BeforeEach
  void requireCompiler() {
    assumeTrue(
        HostDevice.isThere() || Boolean.parseBoolean(System.getenv("CI")),
        "no g++: kernels for cards are not tested");
  }

  static INDArray normal(DataType dtype, long seed, double mean, long... shape) {
    Random random = new Random(seed);
    double[] values = new double[Math.toIntExact(Shape.of(shape).length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = mean + random.nextGaussian();
    }
    return Nd4j.createFromArray(values).castTo(dtype).reshape(shape).dup('c');
  }

  /** The results of a graph with one input "x" and one output "y", and how many launches it has. */
  private static INDArray run(INDArray x, int launches, BiFunction<Ops, Value, Value> function) {
    Ops ops = new Ops();
    Value fed = ops.feed("x", new TensorSpec(Shape.of(x.shape()), x.dataType()));
    OpGraph graph = ops.build(Map.of("y", function.apply(ops, fed)));
    try (CudaProgram program = new CudaEngine(new HostDevice()).prepare(graph)) {
      assertThat(program.commands()).hasSize(launches);
      program.feed("x", x);
      program.run(1, 1);
      return program.output("y").dup('c');
    }
  }

  private static double[] expected(INDArray x, Axes axes, boolean max) {
    Shape shape = Shape.of(x.shape());
    Shape kept = axes.reduce(shape, true);
    double[] all = new double[(int) kept.length()];
    java.util.Arrays.fill(all, max ? Double.NEGATIVE_INFINITY : 0);
    double[] values = x.dup('c').ravel().castTo(DataType.DOUBLE).toDoubleVector();
    for (int i = 0; i < values.length; i++) {
      long[] place = shape.place(i).toArray();
      int at = 0;
      for (int axis = 0; axis < place.length; axis++) {
        at = (int) (at * kept.size(axis) + (kept.size(axis) == 1 ? 0 : place[axis]));
      }
      all[at] = max ? Math.max(all[at], values[i]) : all[at] + values[i];
    }
    return all;
  }

  static Stream<Arguments> shapes() {
    return Stream.of(
        Arguments.of(new long[] {1}, List.of(0), 1),
        Arguments.of(new long[] {5, 1}, List.of(0), 1),
        Arguments.of(new long[] {31, 33}, List.of(1), 1),
        Arguments.of(new long[] {33, 31}, List.of(0), 1),
        Arguments.of(new long[] {300, 3}, List.of(1), 1),
        Arguments.of(new long[] {3, 700}, List.of(1), 1),
        Arguments.of(new long[] {3, 100003}, List.of(1), 2),
        Arguments.of(new long[] {70001, 5}, List.of(0), 2),
        Arguments.of(new long[] {70001, 5}, List.of(1), 1),
        Arguments.of(new long[] {70001, 5}, List.of(0, 1), 2),
        Arguments.of(new long[] {2, 3, 5, 7}, List.of(0, 2), 1),
        Arguments.of(new long[] {2, 3, 5, 7}, List.of(1, 3), 1),
        Arguments.of(new long[] {2, 3, 5, 7}, List.of(0, 1, 2, 3), 1),
        Arguments.of(new long[] {4, 1000, 40}, List.of(1), 2),
        Arguments.of(new long[] {2, 0, 3}, List.of(1), 1),
        Arguments.of(new long[] {2, 3, 4, 5, 6, 7}, List.of(1, 3, 5), 1));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void reduction_overAnyAxes_isThatOfItsDefinition(long[] sizes, List<Integer> list, int launches) {
    Axes axes = Axes.of(Shape.of(sizes), list.stream().mapToInt(i -> i).toArray());
    for (DataType dtype : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      INDArray x = normal(dtype, 1, 0.5, sizes);
      for (boolean keep : new boolean[] {true, false}) {
        INDArray sum = run(x, launches, (ops, v) -> ops.one(new Sum(axes, keep), v));
        INDArray max = run(x, launches, (ops, v) -> ops.one(new Max(axes, keep), v));
        assertThat(sum.shape()).isEqualTo(axes.reduce(Shape.of(sizes), keep).toArray());
        double[] sums = expected(x, axes, false);
        double[] largest = expected(x, axes, true);
        double tolerance = dtype == DataType.FLOAT ? 2e-6 : 1e-13;
        for (int i = 0; i < sums.length; i++) {
          double size = tolerance * (10 + Math.abs(sums[i]));
          assertThat(sum.ravel().getDouble(i)).isCloseTo(sums[i], within(size));
          assertThat(max.ravel().getDouble(i)).isEqualTo(largest[i]);
        }
      }
    }
  }

  @Test
  void max_ofNanAndInfinity_keepsThem() {
    INDArray x = normal(DataType.FLOAT, 2, 0, 5, 700);
    x.putScalar(0, 300, Double.NaN);
    x.putScalar(1, 699, Double.POSITIVE_INFINITY);
    x.getRow(2).assign(Double.NEGATIVE_INFINITY);
    x.putScalar(3, 0, Double.NaN).putScalar(3, 1, Double.POSITIVE_INFINITY);
    INDArray max = run(x, 1, (ops, v) -> ops.max(v, false, 1));
    assertThat(max.getDouble(0)).isNaN();
    assertThat(max.getDouble(1)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(max.getDouble(2)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(max.getDouble(3)).isNaN();
    assertThat(max.getDouble(4)).isFinite();
    INDArray sum = run(x, 1, (ops, v) -> ops.sum(v, false, 1));
    assertThat(sum.getDouble(0)).isNaN();
    assertThat(sum.getDouble(1)).isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void sum_ofElementwiseOps_isOneLaunchWithThem() {
    INDArray x = normal(DataType.DOUBLE, 3, 1, 6, 50);
    INDArray y =
        run(
            x,
            1,
            (ops, v) -> ops.sqrt(ops.scale(ops.sum(ops.square(ops.scale(v, 3)), false, 1), 0.5)));
    for (int row = 0; row < 6; row++) {
      double sum = x.getRow(row).mul(3).norm2Number().doubleValue();
      assertThat(y.getDouble(row)).isCloseTo(Math.sqrt(sum * sum / 2), within(1e-12));
    }
  }

  @Test
  void sum_intoAVariable_isWrittenThere() {
    Variable kept =
        new Variable(
            "kept",
            new TensorSpec(Shape.of(3), DataType.DOUBLE),
            () -> Nd4j.ones(DataType.DOUBLE, 3));
    Ops ops = new Ops();
    Value x = ops.feed("x", new TensorSpec(Shape.of(5, 3), DataType.DOUBLE));
    ops.assign(kept, ops.add(ops.scale(ops.read(kept), 0.5), ops.mean(x, false, 0)));
    try (CudaProgram program = new CudaEngine(new HostDevice()).prepare(ops.build(Map.of()))) {
      assertThat(program.commands()).hasSize(1);
      program.feed("x", Nd4j.valueArrayOf(new long[] {5, 3}, 2.0, DataType.DOUBLE));
      program.run(1, 1);
      program.run(1, 2);
      assertThat(kept.read().toDoubleVector()).containsExactly(3.25, 3.25, 3.25);
    }
  }

  @Test
  void sum_twice_hasTheSameBits() {
    INDArray x = normal(DataType.FLOAT, 4, 0, 50001, 3);
    BiFunction<Ops, Value, Value> function = (ops, v) -> ops.sum(v, false, 0);
    assertThat(run(x, 2, function)).isEqualTo(run(x, 2, function));
  }
}
