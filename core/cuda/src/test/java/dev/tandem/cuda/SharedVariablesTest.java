package dev.tandem.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.SumOfSquares;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.HostDevice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Values of variables that several programs, engines and the host use in turn. */
class SharedVariablesTest {

  private final HostDevice device = Cards.host();
  private final CudaEngine engine = new CudaEngine(device);
  private final Variable weight =
      new Variable("w", TensorSpec.of(2), () -> Nd4j.createFromArray(1f, 2f));

  private Program doubling(Engine on) {
    Ops ops = new Ops();
    Value next = ops.scale(ops.read(weight), 2);
    ops.assign(weight, next);
    return on.prepare(ops.build(Map.of("next", next)));
  }

  private float first() {
    return weight.values().getFloat(0);
  }

  @Test
  void programs_ofTwoEnginesOfOneCard_shareOneMirror() {
    Program one = doubling(engine);
    Program other = doubling(new CudaEngine(device));
    long crossed = device.crossings();
    one.run(0, 0);
    other.run(0, 0);
    one.run(0, 0);

    // the clock of each run, and the weight once
    assertThat(device.crossings() - crossed).isEqualTo(4);
    assertThat(first()).isEqualTo(8);
    one.close();
    assertThat(device.allocations()).isPositive();
    other.run(0, 0);
    other.close();
    assertThat(device.allocations()).isZero();
    assertThat(first()).isEqualTo(16);
  }

  @Test
  void values_thatTheHostSets_areThoseOfTheNextRun() {
    try (Program program = doubling(engine)) {
      program.run(0, 0);
      weight.set(Nd4j.createFromArray(5f, 5f));
      program.run(0, 0);
      assertThat(first()).isEqualTo(10);
      weight.write().addi(1);
      program.run(0, 0);
      assertThat(program.output("next").data().asFloat()).containsExactly(22, 22);
      weight.arrayToFill().assign(3);
      program.run(0, 0);
      assertThat(first()).isEqualTo(6);
    }
    assertThat(first()).isEqualTo(6);
    weight.free();
  }

  @Test
  void variable_thatIsOnlyWritten_isNotBroughtToTheCard() {
    Ops ops = new Ops();
    Variable result =
        new Variable(
            "r",
            TensorSpec.of(2),
            () -> {
              throw new IllegalStateException("nobody needs first values");
            });
    ops.assign(result, ops.scale(ops.read(weight), 3));
    try (Program program = engine.prepare(ops.build(Map.of()))) {
      program.run(0, 0);
      result.arrayToFill();
      program.run(0, 0);
      assertThat(result.values().data().asFloat()).containsExactly(3, 6);
    }
  }

  @Test
  void engines_ofHostAndCard_takeTurns() {
    List<Engine> others = List.of(new PlanEngine(), new SameDiffEngine());
    for (Engine other : others) {
      weight.set(Nd4j.createFromArray(1f, 2f));
      try (Program onCard = doubling(engine);
          Program onHost = doubling(other)) {
        float expected = 1;
        for (int i = 0; i < 3; i++) {
          onCard.run(0, i);
          onHost.run(0, i);
          onCard.run(0, i);
          expected *= 8;
        }
        assertThat(first()).isEqualTo(expected);
        assertThat(onHost.findNonFinite(0, 0)).isEmpty();
        onCard.run(0, 9);
        assertThat(onHost.findNonFinite(0, 0)).isEmpty();
        assertThat(first()).isEqualTo(2 * expected);
        onHost.run(0, 9);
        assertThat(onHost.output("next").getFloat(0)).isEqualTo(4 * expected);
      }
      assertThat(device.allocations()).isZero();
    }
  }

  @Test
  void engines_ofTwoCards_cannotHaveOneVariable() {
    HostDevice other = Cards.host();
    try (Program program = doubling(engine)) {
      assertThatThrownBy(() -> doubling(new CudaEngine(other)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              "has its values in the memory of another engine; close the trainers");
      assertThat(other.allocations()).isZero();
      assertThat(program.graph().assignments()).isNotEmpty();
    }
    doubling(new CudaEngine(other)).close();
    assertThat(weight.isRetained()).isFalse();
  }

  @Test
  void squares_onTheCard_areThoseOfAllNumbers() {
    Variable wide =
        new Variable(
            "wide",
            new TensorSpec(TensorSpec.of(40_000).shape(), DataType.DOUBLE),
            () -> Nd4j.ones(DataType.DOUBLE, 40_000));
    Variable none = new Variable("none", TensorSpec.of(0), () -> Nd4j.create(DataType.FLOAT, 0));
    try (SumOfSquares sum = engine.squares(List.of(weight, wide, none))) {
      assertThat(sum.now()).isEqualTo(40_005);
      weight.set(Nd4j.createFromArray(1f, Float.NaN));
      assertThat(sum.now()).isNaN();
      weight.set(Nd4j.createFromArray(1f, Float.NEGATIVE_INFINITY));
      assertThat(sum.now()).isInfinite();
      weight.set(Nd4j.createFromArray(1f, 3e38f));
      assertThat(sum.now()).isGreaterThan(1e37);
    }
    try (SumOfSquares sum = engine.squares(List.of())) {
      assertThat(sum.now()).isZero();
    }
    assertThat(device.allocations()).isZero();
  }
}
