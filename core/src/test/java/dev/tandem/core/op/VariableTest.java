package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.tensor.TensorSpec;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class VariableTest {

  @Test
  void array_isMadeOnce() {
    AtomicInteger made = new AtomicInteger();
    Variable w =
        new Variable(
            "w",
            TensorSpec.of(2, 3),
            () -> {
              made.incrementAndGet();
              return Nd4j.ones(2, 3);
            });
    assertThat(w.isMade()).isFalse();

    assertThat(w.array()).isSameAs(w.array());
    assertThat(w.isMade()).isTrue();
    assertThat(made).hasValue(1);
  }

  @Test
  void set_copiesInPlace() {
    Variable w = new Variable("w", TensorSpec.of(2), () -> Nd4j.zeros(2));
    INDArray array = w.array();
    INDArray values = Nd4j.createFromArray(1f, 2f);

    w.set(values);
    values.assign(9);

    assertThat(w.array()).isSameAs(array);
    assertThat(array.toFloatVector()).containsExactly(1, 2);
  }

  @Test
  void set_ofAnotherShape_isRefused() {
    Variable w = new Variable("w", TensorSpec.of(2), () -> Nd4j.zeros(2));

    assertThatThrownBy(() -> w.set(Nd4j.zeros(3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"w\" is (2,), not (3,)");
  }

  @Test
  void array_ofFirstValuesThatDoNotFit_fails() {
    Variable view = new Variable("w", TensorSpec.of(2), () -> Nd4j.ones(2, 2).getRow(0));
    Variable other = new Variable("w", TensorSpec.of(2), () -> Nd4j.ones(3));
    Variable order = new Variable("w", TensorSpec.of(2, 3), () -> Nd4j.ones(2, 3).dup('f'));

    assertThatThrownBy(view::array).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(other::array).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(order::array)
        .hasMessageContaining("not a fresh 'c' array of float32 (2, 3)");
  }
}
