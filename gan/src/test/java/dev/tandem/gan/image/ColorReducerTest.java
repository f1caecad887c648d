package dev.tandem.gan.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ColorReducerTest {

  @Test
  void pictureOf256Colors_reduced_keepsEveryPixel() {
    BufferedImage picture =
        picture(32, 32, (x, y) -> (x / 2 * 17) << 16 | (y / 2 * 17) << 8 | x / 2);

    assertThat(Arrays.equals(pixels(ColorReducer.reduce(picture)), pixels(picture))).isTrue();
  }

  @Test
  void pictureOfOneColor_reduced_keepsIt() {
    BufferedImage picture = picture(5, 3, (x, y) -> 0x123456);

    assertThat(pixels(ColorReducer.reduce(picture))).containsOnly(0xFF123456);
  }

  @Test
  void smoothPicture_reduced_keepsTheMeanOfEverySmallSquare() {
    BufferedImage picture = picture(256, 256, (x, y) -> x << 16 | y << 8 | (x + y) / 2);
    BufferedImage reduced = ColorReducer.reduce(picture);

    for (int y = 8; y < 240; y += 8) {
      for (int x = 8; x < 240; x += 8) {
        for (int shift = 0; shift < 24; shift += 8) {
          assertThat(mean(reduced, x, y, shift) - mean(picture, x, y, shift))
              .isBetween(-10.0, 10.0);
        }
      }
    }
  }

  @Test
  void samePicture_reducedTwice_isTheSame() {
    BufferedImage picture = picture(64, 64, (x, y) -> x * y * 977 & 0xFFFFFF);

    assertThat(
            Arrays.equals(
                pixels(ColorReducer.reduce(picture)), pixels(ColorReducer.reduce(picture))))
        .isTrue();
  }

  private interface Painter {
    int color(int x, int y);
  }

  private static BufferedImage picture(int width, int height, Painter painter) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, painter.color(x, y));
      }
    }
    return picture;
  }

  private static int[] pixels(BufferedImage picture) {
    int width = picture.getWidth();
    return picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
  }

  private static double mean(BufferedImage picture, int left, int top, int shift) {
    return Arrays.stream(picture.getRGB(left, top, 8, 8, null, 0, 8))
        .map(color -> color >> shift & 0xFF)
        .average()
        .orElseThrow();
  }
}
