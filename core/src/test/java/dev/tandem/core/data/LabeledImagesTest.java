package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LabeledImagesTest {

  private static final INDArray IMAGES = Nd4j.zeros(DataType.FLOAT, 3, 2, 2, 1);

  @Test
  void labels_asOneHot_haveAOneAtTheLabel() {
    INDArray rows = new LabeledImages(IMAGES, Nd4j.createFromArray(2, 0, 1)).oneHotLabels(3);

    assertThat(rows.dataType()).isEqualTo(DataType.FLOAT);
    assertThat(rows.toFloatMatrix()).isDeepEqualTo(new float[][] {{0, 0, 1}, {1, 0, 0}, {0, 1, 0}});
  }

  @Test
  void labelBeyondTheClasses_asOneHot_isRefused() {
    LabeledImages images = new LabeledImages(IMAGES, Nd4j.createFromArray(2, 0, 1));

    assertThatThrownBy(() -> images.oneHotLabels(2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("label of image 0 is not in [0, 2): 2");
  }

  @Test
  void otherNumberOfLabels_given_isRefused() {
    assertThatThrownBy(() -> new LabeledImages(IMAGES, Nd4j.createFromArray(2, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "labeled images are (n, height, width, channels) and (n,), got (3, 2, 2, 1) and (2,)");
  }
}
