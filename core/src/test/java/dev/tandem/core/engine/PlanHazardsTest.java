package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Assignments happen after all reads, whatever the order of drawing and the sharing of buffers. */
class PlanHazardsTest {

  private static final TensorSpec SPEC = TensorSpec.of(3, 4);

  private Ops ops;
  private Variable a;
  private Variable b;

  @BeforeEach
  void draw() {
    ops = new Ops();
    a = Samples.variable("a", SPEC, 1);
    b = Samples.variable("b", SPEC, 1);
  }

  private void check(Map<String, Value> outputs) {
    EngineComparison.of(ops.build(outputs)).feedRandomly().steps(3).within(1e-6).agree();
  }

  private void runOnce() {
    try (Plan plan = new PlanEngine().prepare(ops.build(Map.of()))) {
      plan.run(0, 0);
    }
  }

  @Test
  void variable_readAfterItIsAssigned_isStillTheOldOne() {
    Value old = ops.read(a);
    ops.assign(a, ops.scale(old, 2));
    check(Map.of("after", ops.shift(old, 1)));
  }

  @Test
  void variable_readByAReaderOfItsNewValue_isStillTheOldOne() {
    Value old = ops.read(a);
    Value next = ops.scale(old, 2);
    ops.assign(a, next);
    check(Map.of("both", ops.multiply(ops.exp(next), old)));
  }

  @Test
  void variables_swapped_holdEachOthersValues() {
    INDArray oldA = a.array().dup('c');
    INDArray oldB = b.array().dup('c');
    ops.assign(a, ops.read(b));
    ops.assign(b, ops.read(a));
    runOnce();
    assertThat(a.array()).isEqualTo(oldB);
    assertThat(b.array()).isEqualTo(oldA);
  }

  @Test
  void variables_swappedWithComputation_holdEachOthersValues() {
    ops.assign(a, ops.scale(ops.read(b), 2));
    ops.assign(b, ops.scale(ops.read(a), 3));
    check(Map.of());
  }

  @Test
  void variables_inACircle_moveOn() {
    Variable c = Samples.variable("c", SPEC, 1);
    INDArray oldA = a.array().dup('c');
    INDArray oldB = b.array().dup('c');
    INDArray oldC = c.array().dup('c');
    ops.assign(a, ops.read(b));
    ops.assign(b, ops.read(c));
    ops.assign(c, ops.read(a));
    runOnce();
    assertThat(a.array()).isEqualTo(oldB);
    assertThat(b.array()).isEqualTo(oldC);
    assertThat(c.array()).isEqualTo(oldA);
  }

  @Test
  void value_bothOutputAndAssigned_isBoth() {
    Value next = ops.shift(ops.read(a), 1);
    ops.assign(a, next);
    check(Map.of("next", next, "old", ops.read(a)));
  }

  @Test
  void value_assignedToTwoVariables_isInBoth() {
    Value next = ops.add(ops.read(a), ops.read(b));
    ops.assign(a, next);
    ops.assign(b, next);
    check(Map.of("sum", ops.sum(ops.read(b))));
  }

  @Test
  void variable_reshapedAndAssignedBack_isUnchanged() {
    Value flat = ops.reshape(ops.read(a), 12);
    ops.assign(a, ops.reshape(ops.scale(flat, 1.5), SPEC.shape()));
    ops.assign(b, ops.reshape(ops.reshape(ops.read(b), 12), SPEC.shape()));
    check(Map.of("flat", flat));
  }

  @Test
  void slicesOfAVariable_exchanged_areTheOldOnes() {
    Value top = ops.slice(ops.read(a), 0, 0, 1);
    Value rest = ops.slice(ops.read(a), 0, 1, 2);
    ops.assign(a, ops.concat(0, java.util.List.of(rest, top)));
    check(Map.of("top", top));
  }

  @Test
  void feed_asOutput_isItsValues() {
    Value x = ops.feed("x", SPEC);
    ops.assign(a, x);
    check(Map.of("x", x, "flat", ops.reshape(x, 12)));
  }

  @Test
  void constants_asOutputsAndAssigned_areTheirValues() {
    Value ones = ops.fill(1, SPEC);
    ops.assign(a, ones);
    check(Map.of("ones", ones, "two", ops.shift(ones, 1), "a", ops.read(a)));
  }

  @Test
  void matrixProduct_assignedToItsOwnOperand_readsTheOldOne() {
    Variable square = Samples.variable("square", TensorSpec.of(4, 4), 0.5);
    Value old = ops.read(square);
    ops.assign(square, ops.matmul(old, old));
    check(Map.of());
  }

  @Test
  void variableBroadcastToItself_assigned_readsTheOldOne() {
    Variable row = Samples.variable("row", TensorSpec.of(4, 1), 1);
    Variable square = Samples.variable("square", TensorSpec.of(4, 4), 1);
    ops.assign(square, ops.multiply(ops.read(square), ops.read(row)));
    ops.assign(row, ops.sum(ops.read(square), true, 1));
    check(Map.of());
  }

  @Test
  void output_ofTheLastRun_outlivesTheNextFeed() {
    Value x = ops.feed("x", SPEC);
    OpGraph graph = ops.build(Map.of("x", x));
    try (Plan plan = new PlanEngine().prepare(graph)) {
      INDArray first = Samples.random(SPEC, 1);
      plan.feed("x", first);
      plan.run(0, 0);
      plan.feed("x", Samples.random(SPEC, 2));
      assertThat(plan.output("x")).isEqualTo(first);
    }
  }

  @Test
  void twoPlans_sharingAVariable_runAlternately() {
    Value x = ops.feed("x", SPEC);
    ops.assign(a, ops.add(ops.read(a), x));
    Ops other = new Ops();
    other.assign(a, other.scale(other.read(a), 2));
    INDArray start = a.array().dup('c');
    INDArray one = Samples.random(SPEC, 3);
    try (Plan adding = new PlanEngine().prepare(ops.build(Map.of()));
        Plan doubling = new PlanEngine().prepare(other.build(Map.of()))) {
      adding.feed("x", one);
      for (int i = 0; i < 3; i++) {
        adding.run(0, i);
        doubling.run(0, i);
      }
    }
    INDArray expected = start;
    for (int i = 0; i < 3; i++) {
      expected = expected.add(one).mul(2);
    }
    assertThat(a.array().equalsWithEps(expected, 1e-5)).isTrue();
  }
}
