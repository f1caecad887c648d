package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes and zeros along one axis, as Keras has them. */
class WindowTest {

  @ParameterizedTest
  @CsvSource({
    "28, 3, 1, SAME, 28, 1, 1",
    "28, 4, 1, SAME, 28, 1, 2",
    "28, 5, 2, SAME, 14, 1, 2",
    "28, 4, 2, SAME, 14, 1, 1",
    "7, 4, 2, SAME, 4, 1, 2",
    "7, 3, 2, SAME, 4, 1, 1",
    "5, 2, 3, SAME, 2, 0, 0",
    "5, 1, 2, SAME, 3, 0, 0",
    "2, 5, 1, SAME, 2, 2, 2",
    "1, 4, 3, SAME, 1, 1, 2",
    "28, 3, 1, VALID, 26, 0, 0",
    "28, 5, 2, VALID, 12, 0, 0",
    "7, 4, 2, VALID, 2, 0, 0",
    "5, 5, 3, VALID, 1, 0, 0",
  })
  void convolution_fitsAndPads(
      int size, int kernel, int stride, Padding padding, int out, int before, int after) {
    Shape image = Shape.of(2, size, size, 1);
    Window window = new Window(kernel, kernel, stride, stride, 1, 1, padding);
    Conv2D layer = Conv2D.filters(1).kernel(kernel).stride(stride).padding(padding);

    ConvGeometry geometry = window.over(image);

    assertThat(layer.apply(Input.of("x", Shape.of(size, size, 1))).shape())
        .hasToString("(batch, " + out + ", " + out + ", 1)");
    assertThat(geometry.top()).isEqualTo(before);
    assertThat(geometry.bottom()).isEqualTo(after);
    assertThat(geometry.left()).isEqualTo(before);
    assertThat(geometry.right()).isEqualTo(after);
  }

  /** Of the sizes that {@code Conv2DTranspose.compute_output_shape} gives; -1 for no padding. */
  @ParameterizedTest
  @CsvSource({
    "7, 4, 2, SAME, -1, 14",
    "7, 5, 1, SAME, -1, 7",
    "5, 3, 3, SAME, -1, 15",
    "5, 2, 3, SAME, -1, 15",
    "1, 4, 1, VALID, -1, 4",
    "4, 3, 1, VALID, -1, 6",
    "5, 3, 2, VALID, -1, 11",
    "5, 2, 3, VALID, -1, 15",
    "5, 3, 2, SAME, 0, 9",
    "5, 3, 2, SAME, 1, 10",
    "5, 4, 2, SAME, 1, 9",
    "5, 5, 3, SAME, 2, 15",
    "5, 3, 2, VALID, 0, 11",
    "5, 3, 2, VALID, 1, 12",
    "2, 1, 3, VALID, 2, 6",
  })
  void transposedConvolution_grows(
      int size, int kernel, int stride, Padding padding, int further, int out) {
    Conv2DTranspose layer =
        Conv2DTranspose.filters(3).kernel(kernel).stride(stride).padding(padding);
    if (further >= 0) {
      layer = layer.outputPadding(further);
    }

    assertThat(layer.apply(Input.of("x", Shape.of(size, size, 2))).shape())
        .hasToString("(batch, " + out + ", " + out + ", 3)");
  }
}
