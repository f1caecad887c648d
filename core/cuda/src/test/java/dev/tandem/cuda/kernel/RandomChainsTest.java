package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Graphs of elementwise ops and moves, drawn at random, with variables that they overwrite. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class RandomChainsTest {

  private static final TensorSpec MATRIX = new TensorSpec(Shape.of(4, 4), DataType.DOUBLE);

  private final Ops ops = new Ops();
  private final List<Value> values = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();

  private void draw(Random random) {
    values.add(ops.feed("x", MATRIX));
    for (int i = 0; i < 3; i++) {
      Variable variable = new Variable("v" + i, MATRIX, () -> Nd4j.create(DataType.DOUBLE, 4, 4));
      variable.set(Nd4j.randn(DataType.DOUBLE, 4, 4));
      variables.add(variable);
      values.add(ops.read(variable));
    }
    values.add(ops.fill(0.5, MATRIX));
    for (int i = 0; i < 30; i++) {
      values.add(next(random));
    }
  }

  private Value any(Random random) {
    return values.get(random.nextInt(values.size()));
  }

  private Value next(Random random) {
    Value a = any(random);
    Value b = any(random);
    return switch (random.nextInt(16)) {
      case 0 -> ops.add(a, b);
      case 1 -> ops.subtract(a, b);
      case 2 -> ActivationOps.tanh(ops, ops.multiply(a, b));
      case 3 -> ActivationOps.sigmoid(ops, a);
      case 4 -> ops.scale(a, 0.7);
      case 5 -> ActivationOps.leakyRelu(ops, a, 0.2);
      case 6 -> ops.reshape(ops.shift(ops.reshape(a, 16), 0.1), 4, 4);
      case 7 -> ops.concat(0, List.of(ops.slice(a, 0, 1, 2), ops.slice(b, 0, 2, 2)));
      case 8 -> ops.concat(1, List.of(ops.slice(a, 1, 0, 3), ops.slice(b, 1, 3, 1)));
      case 9 -> ops.broadcastTo(ops.slice(a, random.nextInt(2), 2, 1), MATRIX.shape());
      case 10 -> ops.multiply(a, ActivationOps.tanh(ops, ops.slice(b, 1, 1, 1)));
      case 11 -> ops.permute(a, 1, 0);
      case 12 -> ops.reshape(ops.stopGradient(a), MATRIX.shape());
      case 13 ->
          ops.one(
              new Pad(Shape.of(1, 2), MATRIX.shape()),
              ops.reshape(ops.slice(ops.slice(a, 0, 0, 2), 1, 1, 2), 2, 2));
      case 14 -> ArrayOps.gather(ops, a, ops.constant(Nd4j.createFromArray(3, 1, 1, 0)));
      default -> ops.maximum(a, ops.slice(ops.slice(b, 0, 3, 1), 1, 2, 1));
    };
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25
      })
  void graph_drawnAtRandom_computesTheSameAsSameDiff(long seed) {
    Random random = new Random(seed);
    Nd4j.getRandom().setSeed(seed);
    draw(random);
    for (Variable variable : variables) {
      ops.assign(variable, ActivationOps.tanh(ops, ops.scale(any(random), 0.9)));
    }
    Map<String, Value> outputs = new LinkedHashMap<>();
    for (int i = 0; i < 3; i++) {
      outputs.put("out" + i, any(random));
    }
    OpGraph graph = ops.build(outputs);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 4, 4);
    List<INDArray> first = variables.stream().map(variable -> variable.read().dup()).toList();
    List<INDArray> expected = run(new SameDiffEngine().prepare(graph), x);
    for (int i = 0; i < first.size(); i++) {
      variables.get(i).set(first.get(i));
    }
    List<INDArray> made = run(new CudaEngine(new HostDevice()).prepare(graph), x);
    for (int i = 0; i < made.size(); i++) {
      assertThat(made.get(i).equalsWithEps(expected.get(i), 1e-9))
          .as("result %d: %s and %s", i, made.get(i), expected.get(i))
          .isTrue();
    }
  }

  private List<INDArray> run(Program program, INDArray x) {
    List<INDArray> results = new ArrayList<>();
    try (program) {
      if (program.graph().calls().stream()
          .anyMatch(call -> call.op() instanceof dev.tandem.core.op.Feed)) {
        program.feed("x", x);
      }
      for (int step = 0; step < 3; step++) {
        program.run(7, step);
        program
            .graph()
            .outputs()
            .keySet()
            .forEach(name -> results.add(program.output(name).dup('c')));
        variables.forEach(variable -> results.add(variable.read().dup('c')));
      }
    }
    return results;
  }
}
