package dev.tandem.gan.image;

import dev.tandem.core.tensor.Shape;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Points of a plane as a square picture around the origin, x to the right and y upwards: real ones
 * in light gray, fakes over them in blue, each as a dot of 3 × 3 pixels. Where gray is left, the
 * fakes miss something.
 *
 * @param reach the coordinate of the right and of the upper edge, above 0 and finite
 * @param side the pixels of a side, in [1, 32767]
 */
public record Scatter(double reach, int side) {

  private static final int BACKGROUND = 0xFFFFFF;
  private static final int REAL = 0xC0C0C0;
  private static final int FAKE = 0x1F4E9E;

  private static final int SIDE = 512;
  private static final double MARGIN = 1.25;
  private static final int AROUND = 1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public Scatter {
    if (!(reach > 0 && reach < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("scatter reach is not above 0 and finite: " + reach);
    }
    if (side < 1 || side > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          "scatter side is not in [1, " + Short.MAX_VALUE + "]: " + side);
    }
  }

  /**
   * A picture of 512 × 512 pixels with a margin of a quarter around some points.
   *
   * @param points {@code (n, 2)} of any floating point type, with finite numbers
   * @throws IllegalArgumentException if the shape is another, or no point is off the origin
   */
  public static Scatter around(INDArray points) {
    double most = Arrays.stream(coordinates(points)).map(Math::abs).max().orElse(0);
    return new Scatter(MARGIN * most, SIDE);
  }

  /**
   * Draws points.
   *
   * @param real {@code (n, 2)} of any floating point type
   * @param fake {@code (m, 2)}, drawn over them; those beyond the picture lie on its edge, and
   *     those with NaN are left out
   * @return a picture in 8-bit RGB
   * @throws IllegalArgumentException if a shape is another
   */
  public BufferedImage draw(INDArray real, INDArray fake) {
    double[] under = coordinates(real);
    double[] over = coordinates(fake);
    BufferedImage picture = Palette.picture(side, side, 3);
    fill(picture, 0, 0, side - 1, side - 1, BACKGROUND);
    dots(picture, under, REAL);
    dots(picture, over, FAKE);
    return picture;
  }

  /**
   * Draws points and writes the picture as a PNG file, in place of any file that is there.
   *
   * @param real as for {@link #draw}
   * @param fake as for {@link #draw}
   * @param file where to, in a directory that exists
   * @throws IllegalArgumentException if a shape is another
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written
   */
  public void writePng(INDArray real, INDArray fake, Path file) {
    PngFile.write(draw(real, fake), file);
  }

  private static double[] coordinates(INDArray points) {
    if (points.rank() != 2 || points.size(1) != 2) {
      throw new IllegalArgumentException("points are (n, 2), got " + Shape.of(points.shape()));
    }
    return points.castTo(DataType.DOUBLE).dup('c').data().asDouble();
  }

  private void dots(BufferedImage picture, double[] coordinates, int color) {
    for (int i = 0; i < coordinates.length; i += 2) {
      if (!Double.isNaN(coordinates[i]) && !Double.isNaN(coordinates[i + 1])) {
        int x = pixel(coordinates[i]);
        int y = side - 1 - pixel(coordinates[i + 1]);
        fill(picture, x - AROUND, y - AROUND, x + AROUND, y + AROUND, color);
      }
    }
  }

  private int pixel(double coordinate) {
    double place = Math.floor((coordinate + reach) / (2 * reach) * side);
    return (int) Math.max(0, Math.min(side - 1, place));
  }

  private void fill(BufferedImage picture, int left, int top, int right, int bottom, int color) {
    for (int y = Math.max(0, top); y <= Math.min(side - 1, bottom); y++) {
      for (int x = Math.max(0, left); x <= Math.min(side - 1, right); x++) {
        picture.setRGB(x, y, color);
      }
    }
  }
}
