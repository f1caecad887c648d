package dev.tandem.core.engine;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Small graphs drawn at random: sharing, views and assignments in every mixture. */
class RandomGraphsTest {

  private final Ops ops = new Ops();
  private final List<Value> values = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();

  private TensorSpec matrix;

  private void draw(Random random, DataType dtype) {
    matrix = new TensorSpec(Shape.of(4, 4), dtype);
    values.add(ops.feed("x", matrix));
    for (int i = 0; i < 3; i++) {
      Variable variable = Samples.variable("v" + i, matrix, 0.5);
      variables.add(variable);
      values.add(ops.read(variable));
    }
    values.add(ops.fill(0.5, matrix));
    for (int i = 0; i < 25; i++) {
      values.add(next(random));
    }
  }

  private Value any(Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private Value next(Random random) {
    Value a = any(random);
    Value b = any(random);
    return switch (random.nextInt(14)) {
      case 0 -> ops.add(a, b);
      case 1 -> ops.subtract(a, b);
      case 2 -> ActivationOps.tanh(ops, ops.multiply(a, b));
      case 3 ->
          ActivationOps.tanh(ops, ops.matmul(a, b, random.nextBoolean(), random.nextBoolean()));
      case 4 -> ops.scale(a, 0.7);
      case 5 -> ActivationOps.leakyRelu(ops, a, 0.2);
      case 6 -> ops.reshape(ops.shift(ops.reshape(a, 16), 0.1), 4, 4);
      case 7 -> ops.concat(0, List.of(ops.slice(a, 0, 1, 2), ops.slice(b, 0, 2, 2)));
      case 8 -> ops.concat(1, List.of(ops.slice(a, 1, 0, 3), ops.slice(b, 1, 3, 1)));
      case 9 -> ops.broadcastTo(ops.mean(a, true, random.nextInt(2)), matrix.shape());
      case 10 -> ops.multiply(a, ActivationOps.tanh(ops, ops.sum(b, false, 0)));
      case 11 -> ops.permute(a, 1, 0);
      case 12 -> ops.reshape(ops.stopGradient(a), matrix.shape());
      default -> ops.maximum(a, ops.mean(b));
    };
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25,
        26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40
      })
  void graph_drawnAtRandom_computesTheSameAsSameDiff(long seed) {
    check(seed, DataType.DOUBLE, 1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69})
  void graphInFloat32_drawnAtRandom_computesTheSameAsSameDiff(long seed) {
    check(seed, DataType.FLOAT, 1e-3);
  }

  private void check(long seed, DataType dtype, double tolerance) {
    Random random = new Random(seed);
    draw(random, dtype);
    for (Variable variable : variables) {
      // bounded, so that several steps do not amplify rounding
      ops.assign(variable, computed(random));
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      outputs.put("out" + i, any(random));
    }
    EngineComparison.of(ops.build(outputs)).feedRandomly().steps(3).within(tolerance).agree();
  }

  /** A value that is no variable's own: SameDiff's swaps are another test's subject. */
  private Value computed(Random random) {
    return ActivationOps.tanh(ops, ops.scale(any(random), 0.9));
  }
}
