package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.tensor.TensorSpec;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class OpGraphTest {

  private final Ops ops = new Ops();
  private final Value x = ops.feed("x", TensorSpec.of(3));
  private final Variable w = new Variable("w", TensorSpec.of(3), () -> Nd4j.zeros(3));

  @Test
  void of_aValue_hasWhatItNeedsInOrder() {
    Value y = ops.multiply(ops.exp(x), ops.read(w));
    ops.log(y);

    OpGraph graph = ops.build(Map.of("y", y));

    assertThat(graph.calls().stream().map(call -> call.op().opName()))
        .containsExactly("feed", "exp", "read", "multiply");
  }

  @Test
  void of_assignments_hasWhatTheyNeed() {
    ops.assign(w, ops.exp(x));

    OpGraph graph = ops.build(Map.of());

    assertThat(graph.calls()).hasSize(2);
    assertThat(graph.assignments()).hasSize(1);
  }

  @Test
  void feeds_areThoseThatAreNeeded() {
    ops.feed("unused", TensorSpec.of(1));

    assertThat(ops.build(Map.of("y", ops.exp(x))).feeds())
        .containsExactly(Map.entry("x", TensorSpec.of(3)));
  }

  @Test
  void feeds_ofOneNameAndTwoSpecs_areRefused() {
    Value other = ops.feed("x", TensorSpec.of(1));
    OpGraph graph = ops.build(Map.of("y", ops.add(x, other)));

    assertThatThrownBy(graph::feeds)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("two feeds are named \"x\"");
  }

  @Test
  void assign_ofAnotherShape_isRefused() {
    Value scalar = ops.sum(x);

    assertThatThrownBy(() -> ops.assign(w, scalar))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"w\" is float32 (3,), not float32 ()");
  }

  @Test
  void assign_twice_isRefused() {
    ops.assign(w, x);

    assertThatThrownBy(() -> ops.assign(w, x))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("assigned twice");
  }

  @Test
  void toString_listsCallsOutputsAndAssignments() {
    ops.assign(w, x);

    assertThat(ops.build(Map.of("y", ops.exp(x))).toString())
        .contains("Exp[] [%0] : float32 (3,)", "y <- %1:exp", "w := %0:feed");
  }
}
