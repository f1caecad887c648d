package dev.tandem.cuda.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Feed;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.CudaEngine;
import dev.tandem.cuda.CudaProgram;
import dev.tandem.cuda.device.HostDevice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** How many kernels chains of elementwise ops and moves become, and that they are right. */
@EnabledIf(value = "dev.tandem.cuda.kernel.ElementwiseSamples#run", disabledReason = "no g++")
class ChainsTest {

  private final Ops ops = new Ops();

  private Value feed(String name, long... shape) {
    return ops.feed(name, TensorSpec.of(shape));
  }

  /** Runs a graph and SameDiff's, compares outputs and returns how many commands it took. */
  private int commands(Map<String, Value> outputs) {
    OpGraph graph = ops.build(outputs);
    Map<String, INDArray> feeds = new HashMap<>();
    for (OpCall call : graph.calls()) {
      if (call.op() instanceof Feed feed) {
        long[] shape = feed.spec().shape().toArray();
        feeds.put(
            feed.label(),
            Nd4j.randn(DataType.FLOAT, shape.length == 0 ? new long[] {1} : shape).reshape(shape));
      }
    }
    try (CudaProgram cuda = new CudaEngine(new HostDevice()).prepare(graph);
        Program defined = new SameDiffEngine().prepare(graph)) {
      feeds.forEach(cuda::feed);
      feeds.forEach(defined::feed);
      for (int step = 0; step < 2; step++) {
        cuda.run(1, step);
        defined.run(1, step);
      }
      outputs
          .keySet()
          .forEach(
              name ->
                  assertThat(cuda.output(name).equalsWithEps(defined.output(name).dup('c'), 1e-4))
                      .as("%s: %s and %s", name, cuda.output(name), defined.output(name))
                      .isTrue());
      return cuda.commands().size();
    }
  }

  @Test
  void chain_ofEveryKindOfMove_isOneKernel() {
    Value x = feed("x", 3, 4, 5);
    Value y = ops.permute(ops.exp(x), 2, 0, 1);
    Value z = ops.slice(ActivationOps.tanh(ops, y), 1, 1, 2);
    Value padded = ops.one(new Pad(Shape.of(1, 0, 2), Shape.of(7, 3, 7)), ops.shift(z, 1));
    Value both = ops.concat(1, List.of(ops.scale(padded, 2), feed("y", 7, 2, 7)));
    Value spread = ops.multiply(both, ops.reshape(ops.abs(feed("z", 35)), 7, 5, 1));
    assertThat(commands(Map.of("out", ops.shift(ops.reshape(spread, 35, 7), 3)))).isEqualTo(1);
  }

  @Test
  void moves_insideMoves_readNothingBesideTheirInputs() {
    Value x = feed("x", 2, 3);
    Value inner = ops.one(new Pad(Shape.of(0, 1), Shape.of(2, 5)), ops.exp(x));
    Value outer = ops.one(new Pad(Shape.of(2, 0), Shape.of(5, 6)), ops.shift(inner, 1));
    Value cut = ops.one(new Slice(Shape.of(1, 1), Shape.of(4, 4)), outer);
    Value turned = ops.permute(ops.concat(0, List.of(cut, ops.exp(cut))), 1, 0);
    assertThat(commands(Map.of("out", turned))).isLessThanOrEqualTo(2);
  }

  @Test
  void diamond_ofOneIndex_isOneKernel() {
    Value x = feed("x", 6, 7);
    Value a = ops.exp(ops.scale(x, 0.5));
    Value b = ops.multiply(a, ActivationOps.sigmoid(ops, a));
    Value c = ops.add(ops.square(b), ops.multiply(b, a));
    assertThat(commands(Map.of("out", ops.subtract(c, a)))).isEqualTo(1);
  }

  @Test
  void diamond_ofSeveralIndices_doesNotRepeatWork() {
    Value x = feed("x", 4, 4);
    for (int i = 0; i < 12; i++) {
      x = ops.scale(ops.add(x, ops.permute(x, 1, 0)), 0.4);
    }
    assertThat(commands(Map.of("out", x))).isLessThanOrEqualTo(12);
  }

  @Test
  void chain_ofThousandOps_isCutIntoKernels() {
    Value x = feed("x", 5, 3);
    Value y = feed("y", 3);
    for (int i = 0; i < 500; i++) {
      x = ops.add(ops.scale(x, 0.9), y);
    }
    assertThat(commands(Map.of("out", x))).isBetween(2, 20);
  }

  @Test
  void sum_ofManyValues_isCutWhereAKernelHasTooManyInputs() {
    Value sum = feed("x", 4);
    for (int i = 0; i < 100; i++) {
      sum = ops.add(sum, ops.exp(feed("y" + i, 4)));
    }
    assertThat(commands(Map.of("out", sum))).isBetween(3, 20);
  }

  @Test
  void concat_ofManyPieces_isOneKernel() {
    ImmutableList.Builder<Value> pieces = ImmutableList.builder();
    for (int i = 0; i < 50; i++) {
      pieces.add(feed("x" + i, 3, 1 + i % 3, 2));
    }
    assertThat(commands(Map.of("out", ops.concat(1, pieces.build())))).isEqualTo(1);
  }

  @Test
  void scalars_andAxesOfOne_areRight() {
    Value scalar = feed("s");
    Value row = feed("r", 1, 1, 3);
    Value one = feed("o", 1, 1);
    Value spread = ops.broadcastTo(ops.add(row, scalar), Shape.of(2, 1, 3));
    Value all = ops.multiply(spread, ops.reshape(one, 1));
    commands(
        Map.of(
            "all", all,
            "scalar", ops.exp(scalar),
            "turned", ops.permute(all, 2, 1, 0),
            "one", ops.add(one, ops.reshape(scalar, 1, 1, 1))));
  }

  @Test
  void emptyTensors_areComputed() {
    Value x = feed("x", 0, 3);
    Value y = ops.add(ops.exp(x), feed("y", 3));
    OpGraph graph =
        ops.build(
            Map.of(
                "y", y,
                "padded", ops.one(new Pad(Shape.of(1, 0), Shape.of(2, 3)), y),
                "turned", ops.permute(y, 1, 0)));
    try (Program program = new CudaEngine(new HostDevice()).prepare(graph)) {
      program.run(0, 0);
      assertThat(program.output("padded").sumNumber().doubleValue()).isZero();
    }
  }

  @Test
  void variable_updatedFromItself_isUpdatedInPlace() {
    Variable weight = weight();
    Value w = ops.read(weight);
    ops.assign(weight, ops.subtract(w, ops.scale(ops.exp(ops.scale(w, -1)), 0.1)));
    try (CudaProgram program = new CudaEngine(new HostDevice()).prepare(ops.build(Map.of()))) {
      assertThat(program.commands()).hasSize(1);
      program.run(0, 0);
      assertThat(weight.read().getDouble(0, 0)).isCloseTo(1 - 0.1 * Math.exp(-1), within());
    }
  }

  @Test
  void variable_updatedFromItsTranspose_isNotOverwrittenWhileItIsRead() {
    Variable weight = weight();
    INDArray before = weight.read().dup();
    ops.assign(weight, ops.permute(ops.read(weight), 1, 0));
    try (CudaProgram program = new CudaEngine(new HostDevice()).prepare(ops.build(Map.of()))) {
      program.run(0, 0);
      assertThat(weight.read()).isEqualTo(before.transpose());
    }
  }

  private static Variable weight() {
    Variable weight = new Variable("w", TensorSpec.of(3, 3), () -> Nd4j.create(3, 3));
    weight.set(Nd4j.createFromArray(1f, 2, 3, 4, 5, 6, 7, 8, 9).reshape(3, 3));
    return weight;
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-5);
  }
}
