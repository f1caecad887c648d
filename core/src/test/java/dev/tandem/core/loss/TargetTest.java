package dev.tandem.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.tensor.TensorSpec;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What losses take for a target. */
class TargetTest {

  private static final TensorSpec ONE = TensorSpec.of(-1, 1);
  private static final TensorSpec TEN = TensorSpec.of(-1, 10);

  private static INDArray zeros(long... shape) {
    return Nd4j.zeros(DataType.FLOAT, shape);
  }

  @Test
  void accept_ofABatchWithoutItsAxisOfSize1_reshapes() {
    Loss loss = Losses.binaryCrossentropy();

    assertThat(loss.accept(Nd4j.createFromArray(1f, 2f), ONE))
        .isEqualTo(Nd4j.createFromArray(new float[][] {{1}, {2}}));
    assertThat(loss.accept(zeros(4, 3, 1), TensorSpec.of(-1, 1, 3)).shape())
        .containsExactly(4, 1, 3);
  }

  @Test
  void accept_ofABatchOf1_keepsTheBatch() {
    assertThat(Losses.meanSquaredError().accept(zeros(1), ONE).shape()).containsExactly(1, 1);
    assertThatThrownBy(() -> Losses.meanSquaredError().accept(zeros(1, 10), ONE))
        .hasMessage("target is not (batch, 1): (1, 10) for the prediction (batch, 1)");
  }

  @Test
  void accept_ofAnotherShape_namesBoth() {
    assertThatThrownBy(() -> Losses.meanSquaredError().accept(zeros(4, 2), TEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target is not (batch, 10): (4, 2) for the prediction (batch, 10)");
    assertThatThrownBy(() -> Losses.meanSquaredError().accept(Nd4j.scalar(1f), TEN))
        .hasMessage("target is not (batch, 10): () for the prediction (batch, 10)");
  }

  @Test
  void categoricalCrossentropy_ofClassNumbers_pointsToTheSparseOne() {
    assertThatThrownBy(() -> Losses.categoricalCrossentropy().accept(zeros(4), TEN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "target is not (batch, 10): (4,) for the prediction (batch, 10); for class numbers use"
                + " sparseCategoricalCrossentropy");
  }

  @Test
  void sparseCategoricalCrossentropy_takesIntegersWithoutTheLastAxis() {
    Loss loss = Losses.sparseCategoricalCrossentropy();

    assertThat(loss.target(TensorSpec.of(-1, 7, 10)))
        .isEqualTo(TensorSpec.of(-1, 7).withType(DataType.INT32));
    assertThat(loss.accept(Nd4j.createFromArray(new int[][] {{3}, {9}}), TEN))
        .isEqualTo(Nd4j.createFromArray(3, 9));
    assertThat(loss.accept(Nd4j.createFromArray(3f, 9f), TEN).shape()).containsExactly(2);
  }

  @Test
  void sparseCategoricalCrossentropy_ofAnUnknownClass_namesIt() {
    Loss loss = Losses.sparseCategoricalCrossentropy();

    String rule = "the 10 classes are [0, 10); correct it, or give the output more classes";
    assertThat(loss.flaw(Nd4j.createFromArray(0, 10), TEN)).contains(new Flaw(1, "10", rule));
    assertThat(loss.flaw(Nd4j.createFromArray(-1L, 9L), TEN)).contains(new Flaw(0, "-1", rule));
    assertThat(loss.flaw(Nd4j.createFromArray(0, 9), TEN)).isEmpty();
    assertThatThrownBy(() -> loss.accept(Nd4j.createFromArray(0, 1, 2), ONE))
        .hasMessageStartingWith("sparse categorical cross-entropy expects predictions");
  }

  @Test
  void lossesOfClasses_ofOneClass_areRefused() {
    assertThatThrownBy(() -> Losses.categoricalCrossentropy().target(ONE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "categorical cross-entropy expects predictions (batch, …, classes) of at least 2"
                + " classes, got (batch, 1); for one probability use binaryCrossentropy");
    assertThatThrownBy(() -> Losses.categoricalHinge().target(TensorSpec.of(-1)))
        .hasMessageContaining("got (batch,)");
  }
}
