package dev.tandem.core.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

class ShapeTest {

  @Test
  void of_negativeSizes_isRefusedBehindTheFirstAxis() {
    assertThat(Shape.of(Shape.BATCH, 3).isConcrete()).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shape.of(3, -1))
        .withMessage("size of axis 1 is negative: [3, -1]");
    assertThatIllegalArgumentException().isThrownBy(() -> Shape.of(-2, 3));
  }

  @Test
  void equality_isThatOfTheSizes() {
    assertThat(Shape.of(2, 3)).isEqualTo(Shape.of(2, 3)).hasSameHashCodeAs(Shape.of(2, 3));
    assertThat(Shape.of(2, 3)).isNotEqualTo(Shape.of(3, 2)).isNotEqualTo(Shape.of(2, 3, 1));
    assertThat(Shape.of()).isEqualTo(Shape.scalar());
  }

  @Test
  void arrays_areCopied() {
    long[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;

    assertThat(shape).isEqualTo(Shape.of(2, 3));
  }

  @Test
  void withAndWithout_countFromBothEnds() {
    Shape shape = Shape.of(2, 3, 4);

    assertThat(shape.with(-1, 7)).isEqualTo(Shape.of(2, 3, 7));
    assertThat(shape.without(0)).isEqualTo(Shape.of(3, 4)).isEqualTo(shape.sample());
    assertThat(shape.without(-2)).isEqualTo(Shape.of(2, 4));
    assertThat(shape.append(5).prepend(1)).isEqualTo(Shape.of(1, 2, 3, 4, 5));
    assertThat(shape.size(-3)).isEqualTo(2);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> shape.size(3))
        .withMessage("axis 3 is not in (2, 3, 4)");
  }

  @Test
  void batch_isFilledIn() {
    Shape open = Shape.of(28, 28, 1).batched();

    assertThat(open.withBatch(64)).isEqualTo(Shape.of(64, 28, 28, 1));
    assertThat(Shape.of(3, 2).withBatch(64)).isEqualTo(Shape.of(3, 2));
    assertThat(Shape.scalar().withBatch(64)).isEqualTo(Shape.scalar());
  }

  @Test
  void length_isTheProductOfKnownSizes() {
    assertThat(Shape.of(2, 3, 4).length()).isEqualTo(24);
    assertThat(Shape.scalar().length()).isEqualTo(1);
    assertThat(Shape.of(0, 3).length()).isZero();
    assertThatThrownBy(() -> Shape.of(3).batched().length())
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the batch size of (batch, 3) is not known yet");
  }

  @Test
  void toString_isReadable() {
    assertThat(Shape.scalar()).hasToString("()");
    assertThat(Shape.of(10)).hasToString("(10,)");
    assertThat(Shape.of(28, 28, 1).batched()).hasToString("(batch, 28, 28, 1)");
    assertThat(new TensorSpec(Shape.of(2), DataType.DOUBLE)).hasToString("float64 (2,)");
    assertThat(TensorSpec.of(2).withType(DataType.INT32)).hasToString("int32 (2,)");
  }
}
