package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.tensor.Shape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class StackedMnistTest {

  /** Images of 2×3 pixels that hold their label, in both halves of each digit. */
  private static LabeledImages digits() {
    INDArray images = Nd4j.create(DataType.FLOAT, 20, 2, 3, 1);
    int[] labels = new int[20];
    for (int i = 0; i < 20; i++) {
      labels[i] = i / 2;
      for (int pixel = 0; pixel < 6; pixel++) {
        images.putScalar(new int[] {i, pixel / 3, pixel % 3, 0}, i / 2 + pixel / 10.0);
      }
    }
    return new LabeledImages(images, Nd4j.createFromArray(labels));
  }

  @Test
  void channels_spellTheLabel() {
    StackedMnist source = StackedMnist.of(digits());
    INDArray batch = source.batch(4, 2, 50);
    int[] labels = source.labels(4, 2, 50).toIntVector();

    assertThat(source.example()).isEqualTo(Shape.of(2, 3, 3));
    for (int i = 0; i < 50; i++) {
      int spelled = 0;
      for (int channel = 0; channel < 3; channel++) {
        spelled = 10 * spelled + Math.round(batch.getFloat(i, 0, 0, channel));
        for (int pixel = 0; pixel < 6; pixel++) {
          assertThat(batch.getFloat(i, pixel / 3, pixel % 3, channel))
              .isCloseTo(batch.getFloat(i, 0, 0, channel) + pixel / 10f, within(1e-5f));
        }
      }
      assertThat(labels[i]).isEqualTo(spelled);
    }
    assertThat(labels).doesNotHaveDuplicates();
  }

  @Test
  void step_sampledAgain_isTheSame_andOthersAreNot() {
    StackedMnist source = StackedMnist.of(digits());

    assertThat(source.batch(1, 5, 8)).isEqualTo(source.batch(1, 5, 8));
    assertThat(source.batch(1, 5, 8)).isNotEqualTo(source.batch(1, 6, 8));
  }

  @Test
  void probabilities_areProductsOfFrequencies() {
    LabeledImages uneven =
        new LabeledImages(
            Nd4j.create(DataType.FLOAT, 4, 2, 2, 1), Nd4j.createFromArray(0, 0, 0, 7));
    StackedMnist source = StackedMnist.of(uneven);

    assertThat(source.probabilities().stream().sum()).isCloseTo(1, within(1e-12));
    assertThat(source.probabilities().get(707)).isCloseTo(.25 * .75 * .25, within(1e-12));
    assertThat(source.probabilities().get(123)).isZero();
  }

  @Test
  void otherImages_areRefused() {
    INDArray images = Nd4j.create(DataType.FLOAT, 2, 2, 2, 1);

    assertThatThrownBy(
            () -> StackedMnist.of(new LabeledImages(images, Nd4j.createFromArray(0, 10))))
        .hasMessage("label of image 1 is not in [0, 10): 10");
    assertThatThrownBy(
            () ->
                StackedMnist.of(
                    new LabeledImages(
                        Nd4j.create(DataType.FLOAT, 2, 2, 2, 3), Nd4j.createFromArray(0, 1))))
        .hasMessageContaining("(n, height, width, 1)")
        .hasMessageContaining("(2, 2, 2, 3)");
  }
}
