package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.op.Guard;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.LookedProgram.Finding;
import dev.tandem.core.op.LookedProgram.Report;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.HostDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What runs under a guard leave, and what those behind it leave alone. */
class CudaGuardTest {

  private final HostDevice device = Cards.host();
  private final CudaEngine engine = new CudaEngine(device);
  private final Guard guard = engine.guard().orElseThrow();
  private final Ops ops = new Ops();

  @AfterEach
  void card_whenAllIsClosed_holdsNothing() {
    assertThat(device.allocations()).isZero();
  }

  private static Variable variable(String name, INDArray values) {
    return new Variable(
        name,
        new TensorSpec(TensorSpec.of(values.shape()).shape(), values.dataType()),
        values::dup);
  }

  private static Guard.Look look(double limit, Map<Variable, Variable> before) {
    return new Guard.Look("loss", true, before, limit);
  }

  /** The loss is x, and result becomes x · (1, 2, 3). */
  private LookedProgram looked(Variable result, double limit, Map<Variable, Variable> before) {
    Value x = ops.feed("x", DataType.FLOAT);
    Value big = ops.feed("big", TensorSpec.of(3));
    ops.assign(result, ops.multiply(big, x));
    return guard.looked(
        ops.build(Map.of("loss", ops.scale(x, 1), "all", big)),
        Precision.FLOAT32,
        look(limit, before));
  }

  private static INDArray row(float... values) {
    return Nd4j.createFromArray(values);
  }

  @Test
  void look_findsWhatIsNotAsItShouldBe() {
    Variable result = variable("result", row(0, 0, 0));
    Variable before = variable("before", row(1, Float.NaN, 1));
    try (LookedProgram program = looked(result, 100, Map.of(result, before))) {
      List<Finding> findings = new ArrayList<>();
      List<Double> squares = new ArrayList<>();
      for (INDArray values :
          List.of(
              row(1, 2, 3),
              row(1, Float.NaN, 3),
              row(1, 2, Float.NaN),
              row(10, 2, 3),
              row(1, 2, Float.NEGATIVE_INFINITY))) {
        program.feed("x", 2);
        program.feed("big", values);
        Report report = program.ask(0, 1);
        findings.add(report.take());
        squares.add(report.squares());
        assertThat(report.scalar("loss")).isEqualTo(2);
        guard.release();
      }
      assertThat(findings)
          .containsExactly(Finding.FINE, Finding.FINE, Finding.HELD, Finding.HELD, Finding.HELD);
      // where it was no number before it does not count
      assertThat(squares.get(0)).isEqualTo(4 + 36);
      program.feed("x", Double.POSITIVE_INFINITY);
      program.feed("big", row(0, 0, 0));
      assertThat(program.ask(0, 1).take()).isEqualTo(Finding.HELD);
    }
  }

  @Test
  void runs_afterOneThatIsHeld_areLeftOut_andItCanBeRepeated() {
    Variable result = variable("result", row(0, 0, 0));
    try (LookedProgram program = looked(result, 1e6, Map.of())) {
      program.feed("x", 2);
      program.feed("big", row(1, 2, Float.NaN));
      Report held = program.ask(0, 1);
      program.feed("x", 3);
      program.feed("big", row(1, 2, 3));
      Report after = program.ask(0, 2);

      assertThat(after.take()).isEqualTo(Finding.LEFT_OUT);
      assertThat(held.take()).isEqualTo(Finding.HELD);
      guard.release();
      assertThat(program.fed("big").data().asFloat()).containsExactly(1, 2, Float.NaN);
      assertThat(program.fed("x").getDouble()).isEqualTo(2);
      result.set(row(9, 9, 9));
      program.repeat();
      assertThat(result.values().data().asFloat()).containsExactly(2, 4, Float.NaN);
      assertThat(program.refusal()).isEmpty();

      Report next = program.ask(0, 3);
      assertThat(next.take()).isEqualTo(Finding.FINE);
      assertThat(next.scalar("loss")).isEqualTo(3);
      assertThat(result.values().data().asFloat()).containsExactly(3, 6, 9);
      program.run(0, 4);
      assertThat(program.scalar("loss")).isEqualTo(3);
    }
  }

  @Test
  void programsBehindAGuardThatIsHeld_changeNothing() {
    Variable square = variable("square", Nd4j.ones(DataType.FLOAT, 3, 3));
    Variable copied = variable("copied", Nd4j.zeros(DataType.FLOAT, 3, 3));
    Variable moved = variable("moved", row(1, 2, 3));
    Variable odd = variable("odd", Nd4j.createFromArray((byte) 1, (byte) 2, (byte) 3));
    Variable other = variable("other", Nd4j.createFromArray((byte) 4, (byte) 5, (byte) 6));
    Variable result = variable("result", row(0, 0, 0));
    Ops later = new Ops();
    Value read = later.read(square);
    later.assign(square, later.matmul(read, read));
    later.assign(copied, read);
    later.assign(odd, later.read(other));
    later.assign(moved, later.scale(later.read(moved), 2));
    try (LookedProgram program = looked(result, 1e6, Map.of());
        Program behind = guard.behind(later.build(Map.of()))) {
      program.feed("x", Double.NaN);
      program.ask(0, 1);
      for (int run = 1; run <= 2; run++) {
        behind.run(0, run);
        boolean held = run == 1;
        assertThat(square.values().sumNumber().doubleValue()).isEqualTo(held ? 9 : 27);
        assertThat(copied.values().sumNumber().doubleValue()).isEqualTo(held ? 0 : 9);
        assertThat(odd.values().getInt(1)).isEqualTo(held ? 2 : 5);
        assertThat(moved.values().data().asFloat())
            .containsExactly(held ? new float[] {1, 2, 3} : new float[] {2, 4, 6});
        guard.release();
      }
    }
  }

  @Test
  void indexThatTheCardComputes_isFoundByTheLook() {
    Value x = ops.feed("x", TensorSpec.of(2));
    Value table = ops.feed("table", TensorSpec.of(3, 2));
    Value rows = ArrayOps.gather(ops, table, ops.cast(x, DataType.INT32));
    Variable result = variable("result", Nd4j.zeros(DataType.FLOAT, 2, 2));
    ops.assign(result, rows);
    try (LookedProgram program =
        guard.looked(
            ops.build(Map.of("loss", ops.sum(rows))), Precision.FLOAT32, look(1e6, Map.of()))) {
      program.feed("x", row(0, 2));
      assertThat(program.ask(0, 1).take()).isEqualTo(Finding.FINE);
      program.feed("x", row(0, 3));
      assertThat(program.ask(0, 2).take()).isEqualTo(Finding.HELD);
      guard.release();
      assertThat(program.refusal().orElseThrow()).hasMessageContaining("3");
      assertThat(program.refusal()).isEmpty();
      assertThatThrownBy(() -> program.run(0, 3)).isInstanceOf(IllegalArgumentException.class);
      program.feed("x", row(1, 1));
      program.run(0, 4);
    }
  }

  @Test
  void engineThatWaits_hasNoGuard() {
    assertThat(engine.waiting().guard()).isEmpty();
    try (CudaProgram program = engine.prepare(simple())) {
      assertThatThrownBy(() -> program.ask(0, 0)).hasMessageContaining("are not looked at");
    }
  }

  private OpGraph simple() {
    return ops.build(Map.of("x", ops.scale(ops.feed("x", DataType.FLOAT), 2)));
  }
}
