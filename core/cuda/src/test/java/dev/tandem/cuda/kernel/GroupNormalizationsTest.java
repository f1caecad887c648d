package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.GroupNorm;
import dev.tandem.core.op.norm.GroupNormGradient;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.Cards;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.NoDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Group and instance normalization, on groups of many widths and images of many sizes. */
class GroupNormalizationsTest {

  private static final double EPSILON = 1e-2;

  private static OpGraph graph(Op op, List<TensorSpec> inputs) {
    Ops ops = new Ops();
    List<Value> fed = new ArrayList<>();
    inputs.forEach(spec -> fed.add(ops.feed("in" + fed.size(), spec)));
    ImmutableMap.Builder<String, Value> outputs = ImmutableMap.builder();
    ops.apply(op, fed).forEach(output -> outputs.put("out" + output.index(), output));
    return ops.build(outputs.buildOrThrow());
  }

  /** For the op, or its gradient. */
  private static List<TensorSpec> inputs(
      boolean gradient, DataType dtype, Shape shape, int groups, boolean ofSamples) {
    Shape channels = Shape.of(shape.size(-1));
    TensorSpec x = new TensorSpec(shape, dtype);
    TensorSpec gamma = x.withShape(ofSamples ? channels.prepend(shape.size(0)) : channels);
    TensorSpec statistics = x.withShape(Shape.of(shape.size(0), groups));
    return gradient ? List.of(x, gamma, statistics, statistics, x) : List.of(x, gamma, gamma);
  }

  private static Map<String, double[]> run(Engine engine, OpGraph graph) {
    ImmutableMap.Builder<String, double[]> results = ImmutableMap.builder();
    try (Program program = engine.prepare(graph)) {
      graph
          .feeds()
          .forEach(
              (name, spec) -> {
                Random random = new Random(name.hashCode());
                // variances among them, which are above 0
                double[] values = random.doubles(spec.shape().length(), 0.5, 2).toArray();
                INDArray array = Nd4j.createFromArray(values).castTo(spec.dtype());
                program.feed(name, array.reshape(spec.shape().toArray()));
              });
      program.run(1, 1);
      for (String name : graph.outputs().keySet()) {
        INDArray output = program.output(name).dup('c');
        results.put(name, output.ravel().castTo(DataType.DOUBLE).toDoubleVector());
      }
    }
    return results.buildOrThrow();
  }

  private static void check(Op op, List<TensorSpec> inputs, double tolerance) {
    OpGraph graph = graph(op, inputs);
    Map<String, double[]> wanted = run(new SameDiffEngine(), graph);
    Map<String, double[]> got = run(new CudaEngine(Cards.host()), graph);
    wanted.forEach(
        (name, numbers) -> {
          assertThat(got.get(name)).hasSameSizeAs(numbers);
          for (int i = 0; i < numbers.length; i++) {
            assertThat(got.get(name)[i])
                .as("%s of %s at %s", name, op, i)
                .isCloseTo(numbers[i], within(tolerance * Math.max(1, Math.abs(numbers[i]))));
          }
        });
  }

  @ParameterizedTest
  @CsvSource({
    "2, 9, 18, 9", // several groups a block, and fewer in the last
    "3, 5, 7, 7", // of one channel each
    "2, 3, 600, 2", // wider than a block
    "1, 7, 40, 1", // all channels
    "300, 2, 33, 11", // so many samples that blocks are as wide as a warp
    "1, 2100, 8, 8", // so many places that blocks have more threads
    "1, 700, 30, 2" // and a group for them all
  })
  void groups_ofManySizes_areThoseOfTheDefinition(
      long samples, long places, long channels, int groups) {
    Shape shape = Shape.of(samples, places, channels);
    for (boolean ofSamples : new boolean[] {false, true}) {
      check(
          new GroupNorm(groups, EPSILON),
          inputs(false, DataType.DOUBLE, shape, groups, ofSamples),
          1e-9);
      check(
          new GroupNormGradient(groups, EPSILON),
          inputs(true, DataType.DOUBLE, shape, groups, ofSamples),
          1e-9);
    }
    check(
        new GroupNorm(groups, EPSILON), inputs(false, DataType.FLOAT, shape, groups, false), 1e-4);
  }

  private static int launches(Op op, List<TensorSpec> inputs) {
    try (CudaProgram program = new CudaEngine(new NoDevice()).prepare(graph(op, inputs))) {
      return program.commands().size();
    }
  }

  @Test
  void forwardAndGradient_areAtMostOneAndThreeLaunches() {
    Shape shape = Shape.of(64, 16, 16, 64);
    for (int groups : new int[] {8, 64}) {
      assertThat(
              launches(
                  new GroupNorm(groups, EPSILON),
                  inputs(false, DataType.FLOAT, shape, groups, false)))
          .isEqualTo(1);
      assertThat(
              launches(
                  new GroupNormGradient(groups, EPSILON),
                  inputs(true, DataType.FLOAT, shape, groups, false)))
          .isLessThanOrEqualTo(3);
    }
  }
}
