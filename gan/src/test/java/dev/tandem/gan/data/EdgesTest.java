package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class EdgesTest {

  /** Left half black, right half white; and a second image that is gray all over. */
  private static INDArray halves() {
    INDArray images = Nd4j.zeros(DataType.FLOAT, 2, 4, 6, 1);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        images.putScalar(new int[] {0, y, x, 0}, x < 3 ? -1 : 1);
      }
    }
    return images;
  }

  @Test
  void edges_ofTwoHalves_areTheTwoColumnsAtTheirBorder() {
    INDArray edges = Edges.of(halves(), 0.9);

    assertThat(edges.shape()).containsExactly(2, 4, 6, 1);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        assertThat(edges.getDouble(0, y, x, 0)).isEqualTo(x == 2 || x == 3 ? 1 : -1);
        assertThat(edges.getDouble(1, y, x, 0)).isEqualTo(-1);
      }
    }
  }

  @Test
  void edges_ofALowStep_areThereBelowItsHeight() {
    INDArray low = halves().mul(0.4); // 0.4 of the step from black to white

    assertThat(Edges.of(low, 0.39).sumNumber().doubleValue()).isEqualTo(8 - 40);
    assertThat(Edges.of(low, 0.41).sumNumber().doubleValue()).isEqualTo(-48);
  }

  @Test
  void edges_ofSeveralChannels_areThoseOfTheirMean() {
    INDArray gray = halves();
    INDArray opposite = Nd4j.concat(3, gray, gray.neg());

    assertThat(Edges.of(Nd4j.concat(3, gray, gray), 0.9)).isEqualTo(Edges.of(gray, 0.9));
    assertThat(Edges.of(opposite, 0.1).maxNumber().doubleValue()).isEqualTo(-1);
  }

  @Test
  void edges_ofWhatHasNone_areRefused() {
    assertThatThrownBy(() -> Edges.of(Nd4j.zeros(DataType.FLOAT, 4, 2), 0.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("float32 images (n, height, width, channels), got FLOAT (4, 2)");
    assertThatThrownBy(() -> Edges.of(halves(), 1))
        .hasMessage("threshold of edges is not in (0, 1): 1.0");
  }
}
