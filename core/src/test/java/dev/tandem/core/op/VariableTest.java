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

  /** Values in other memory that say what is asked of them. */
  private static final class Elsewhere implements Variable.Mirror {

    private final Variable variable;
    private boolean newer = true;
    private int invalid;

    Elsewhere(Variable variable) {
      this.variable = variable;
    }

    @Override
    public void fetch() {
      if (newer) {
        variable.array().assign(7);
        newer = false;
      }
    }

    @Override
    public void invalidate() {
      invalid++;
    }
  }

  @Test
  void values_keptElsewhere_areFetchedBeforeTheyAreReadOrChanged() {
    Variable variable = new Variable("w", TensorSpec.of(2), () -> Nd4j.createFromArray(1f, 2f));
    Elsewhere mirror = new Elsewhere(variable);
    variable.mirror(mirror);

    assertThat(variable.values()).isEqualTo(Nd4j.createFromArray(7f, 7f));
    assertThat(mirror.invalid).isZero();
    variable.write().putScalar(0, 1);
    assertThat(mirror.invalid).isEqualTo(1);
    variable.set(Nd4j.createFromArray(3f, 4f));
    assertThat(mirror.invalid).isEqualTo(2);
    mirror.newer = true;
    variable.mirror(null);
    assertThat(variable.read()).isEqualTo(Nd4j.createFromArray(7f, 7f));
  }

  @Test
  void values_keptByTwoEngines_areRefused() {
    Variable variable = new Variable("w", TensorSpec.of(2), () -> Nd4j.createFromArray(1f, 2f));
    variable.mirror(new Elsewhere(variable));
    assertThatThrownBy(() -> variable.mirror(new Elsewhere(variable)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("\"w\" has its values in the memory of another engine");
  }
}
