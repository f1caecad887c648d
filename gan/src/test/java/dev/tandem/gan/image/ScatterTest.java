package dev.tandem.gan.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class ScatterTest {

  private static final char[] SIGNS = {'.', 'r', 'F'};

  private static final INDArray NOWHERE = points(Double.NaN, Double.NaN);

  private static INDArray points(double... coordinates) {
    return Nd4j.createFromArray(coordinates).reshape(coordinates.length / 2, 2);
  }

  /** The picture with a sign for each color. */
  private static String[] signs(BufferedImage picture) {
    String[] rows = new String[picture.getHeight()];
    for (int y = 0; y < rows.length; y++) {
      StringBuilder row = new StringBuilder();
      for (int x = 0; x < picture.getWidth(); x++) {
        row.append(
            switch (picture.getRGB(x, y) & 0xFFFFFF) {
              case 0xFFFFFF -> SIGNS[0];
              case 0xC0C0C0 -> SIGNS[1];
              case 0x1F4E9E -> SIGNS[2];
              default -> '?';
            });
      }
      rows[y] = row.toString();
    }
    return rows;
  }

  @Test
  void points_drawn_lieRightAndUpWithFakesOverReal() {
    BufferedImage picture = new Scatter(4, 8).draw(points(-2.5, 1.5, 1.5, -1.5), points(2.5, -1.5));

    assertThat(signs(picture))
        .containsExactly(
            "........",
            "rrr.....",
            "rrr.....",
            "rrr.....",
            "....rFFF",
            "....rFFF",
            "....rFFF",
            "........");
  }

  @Test
  void fakesBeyondThePicture_drawn_lieOnItsEdge() {
    INDArray fakes = points(9, 9, Double.NEGATIVE_INFINITY, -0.5);

    assertThat(signs(new Scatter(4, 8).draw(NOWHERE, fakes)))
        .containsExactly(
            "......FF",
            "......FF",
            "........",
            "FF......",
            "FF......",
            "FF......",
            "........",
            "........");
  }

  @Test
  void points_thatAreNoNumbers_areLeftOut() {
    BufferedImage picture = new Scatter(1, 2).draw(NOWHERE, points(0, Double.NaN));

    assertThat(signs(picture)).containsExactly("..", "..");
  }

  @Test
  void array_drawn_isReadInItsOwnOrder() {
    INDArray columns = Nd4j.createFromArray(-2.5, 0.5, 1.5, -1.5).reshape(2, 2).transpose();

    assertThat(signs(new Scatter(4, 8).draw(columns, NOWHERE)))
        .isEqualTo(signs(new Scatter(4, 8).draw(points(-2.5, 1.5, 0.5, -1.5), NOWHERE)));
  }

  @Test
  void around_somePoints_leavesAQuarterBeyondTheFarthest() {
    assertThat(Scatter.around(points(-2, 1, 0.5, 1))).isEqualTo(new Scatter(2.5, 512));
  }

  @Test
  void png_readBack_holdsThePixels(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("points.png");
    INDArray real = points(0.1, 0.1);
    INDArray fake = points(-0.9, -0.9);

    new Scatter(1, 9).writePng(real, fake, file);

    assertThat(signs(ImageIO.read(file.toFile())))
        .isEqualTo(signs(new Scatter(1, 9).draw(real, fake)));
  }

  @Test
  void wrongNumbersAndShapes_areRefused() {
    INDArray space = Nd4j.zeros(DataType.FLOAT, 4, 3);

    assertThatThrownBy(() -> new Scatter(0, 8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scatter reach is not above 0 and finite: 0.0");
    assertThatThrownBy(() -> new Scatter(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scatter side is not in [1, 32767]: 0");
    assertThatThrownBy(() -> new Scatter(1, 8).draw(NOWHERE, space))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("points are (n, 2), got (4, 3)");
  }
}
