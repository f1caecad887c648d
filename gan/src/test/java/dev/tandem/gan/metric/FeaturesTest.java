package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class FeaturesTest {

  @Test
  void parts_joined_areTheWhole() {
    Features whole =
        new Features(
            Gaussian.matrix(1, 10, 3), Optional.of(Gaussian.matrix(2, 10, 4)), Gaussian.SPACE);

    Features joined = Features.join(List.of(whole.slice(0, 3), whole.slice(3, 10)));

    assertThat(joined.values()).isEqualTo(whole.values());
    assertThat(joined.logits()).isEqualTo(whole.logits());
  }

  @Test
  void partsOfSeveralExtractors_areNotJoined() {
    Features other = Features.of(Gaussian.matrix(1, 2, 3), FeatureSpace.plain("other"));

    assertThatThrownBy(() -> Features.join(List.of(Gaussian.features(1, 2, 3), other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[test, other]");
  }

  @Test
  void views_areTakenInTheirOwnOrder() {
    INDArray matrix = Nd4j.arange(12).castTo(DataType.FLOAT).reshape(3, 4);
    Features features = Features.of(matrix.transpose(), Gaussian.SPACE);

    assertThat(Matrices.values(features.values()))
        .containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
  }

  @Test
  void pixels_areTheNumbersOfEachImage() {
    INDArray images = Nd4j.arange(24).castTo(DataType.FLOAT).reshape(2, 2, 2, 3);

    assertThat(Features.pixels(images).values().getRow(1).toDoubleVector())
        .containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    assertThatThrownBy(() -> Features.pixels(Nd4j.zeros(2, 2)))
        .hasMessageContaining("(n, height, width, channels)");
  }

  @Test
  void numbersThatAreNotFinite_areRefused() {
    INDArray matrix = Gaussian.matrix(1, 4, 2);
    matrix.putScalar(3, Double.NaN);

    assertThatThrownBy(() -> Features.of(matrix, Gaussian.SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("features of test hold NaN or infinite numbers");
  }

  @Test
  void slices_outsideTheRows_areRefused() {
    assertThatThrownBy(() -> Gaussian.features(1, 4, 2).slice(2, 5))
        .hasMessage("slice [2, 5) is not a part of at least one row of [0, 4)");
  }
}
