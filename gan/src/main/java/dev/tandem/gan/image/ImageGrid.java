package dev.tandem.gan.image;

import dev.tandem.core.tensor.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The layout of a batch of images in one picture: row by row from the upper left, over dark gray.
 *
 * @param columns the images of a row, at least 1
 * @param padding the pixels around every image, at least 0
 * @param zoom the pixels of the picture, in each direction, for one pixel of an image; at least 1
 */
public record ImageGrid(int columns, int padding, int zoom) {

  private static final int BACKGROUND = 48;
  private static final int GRAY = 1;
  private static final int COLOR = 3;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if one is too small
   */
  public ImageGrid {
    requireAtLeast(1, columns, "columns");
    requireAtLeast(0, padding, "padding");
    requireAtLeast(1, zoom, "zoom");
  }

  /** Rows of so many images, 2 pixels apart, without zoom. */
  public static ImageGrid ofColumns(int columns) {
    return new ImageGrid(columns, 2, 1);
  }

  /** The same with other space around every image. */
  public ImageGrid withPadding(int pixels) {
    return new ImageGrid(columns, pixels, zoom);
  }

  /** The same with every pixel of an image as a square of pixels. */
  public ImageGrid withZoom(int factor) {
    return new ImageGrid(columns, padding, factor);
  }

  /**
   * Draws a batch.
   *
   * @param images {@code (batch, height, width, channels)} of any floating point type, with 1
   *     channel (gray) or 3 (red, green, blue); −1 is black, 1 is full, values beyond are taken for
   *     the nearer end, and NaN for black
   * @return a picture with a palette of grays, or in 8-bit RGB
   * @throws IllegalArgumentException if the shape is another
   */
  public BufferedImage draw(INDArray images) {
    if (images.rank() != 4) {
      throw new IllegalArgumentException(
          "images are (batch, height, width, channels), got " + Shape.of(images.shape()));
    }
    float[] values = images.dup('c').castTo(DataType.FLOAT).data().asFloat();
    return draw(
        values,
        Math.toIntExact(images.size(1)),
        Math.toIntExact(images.size(2)),
        Math.toIntExact(images.size(3)));
  }

  /**
   * Draws a batch that lies in a Java array, one image behind the other.
   *
   * @param values {@code (batch, height, width, channels)} in [−1, 1], the last axis innermost;
   *     values beyond are taken for the nearer end, and NaN for black
   * @param height the rows of an image
   * @param width the columns of an image
   * @param channels 1 (gray) or 3 (red, green, blue)
   * @return a picture with a palette of grays, or in 8-bit RGB
   * @throws IllegalArgumentException if the values are not a whole number of such images, at least
   *     one
   */
  public BufferedImage draw(float[] values, int height, int width, int channels) {
    requireAtLeast(1, height, "height");
    requireAtLeast(1, width, "width");
    if (channels != GRAY && channels != COLOR) {
      throw new IllegalArgumentException("image channels are not 1 or 3: " + channels);
    }
    long length = (long) height * width * channels;
    if (values.length == 0 || values.length % length != 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images of (%d, %d, %d) have %d values each, got %d values, which is not a whole"
                  + " number of images, at least one",
              height,
              width,
              channels,
              length,
              values.length));
    }
    int count = (int) (values.length / length);
    int rows = (count - 1) / columns + 1;
    BufferedImage picture = Palette.picture(extent(columns, width), extent(rows, height), channels);
    WritableRaster raster = picture.getRaster();
    fillBackground(raster);
    int[] line = new int[width * zoom * channels];
    for (int image = 0; image < count; image++) {
      int left = padding + image % columns * (width * zoom + padding);
      int top = padding + image / columns * (height * zoom + padding);
      for (int y = 0; y < height; y++) {
        levels(values, (image * height + y) * width * channels, channels, line);
        for (int i = 0; i < zoom; i++) {
          raster.setPixels(left, top + y * zoom + i, width * zoom, 1, line);
        }
      }
    }
    return picture;
  }

  /**
   * Draws a batch and writes the picture as a PNG file, in place of any file that is there.
   *
   * @param images as for {@link #draw(INDArray)}
   * @param file where to, in a directory that exists
   * @throws IllegalArgumentException if the shape is another
   * @throws dev.tandem.core.data.DataFileException if the file cannot be written
   */
  public void writePng(INDArray images, Path file) {
    PngFile.write(draw(images), file);
  }

  private int extent(int cells, int size) {
    long pixels = padding + cells * ((long) size * zoom + padding);
    if (pixels > Short.MAX_VALUE) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "picture side is not in [1, %d]: %d pixels for %d images of %d pixels with zoom %d"
                  + " and padding %d; draw fewer images or zoom less",
              Short.MAX_VALUE,
              pixels,
              cells,
              size,
              zoom,
              padding));
    }
    return (int) pixels;
  }

  /** The levels of one row of an image, every pixel {@code zoom} times. */
  private void levels(float[] values, int from, int channels, int[] line) {
    for (int i = 0; i < line.length; i++) {
      float value = values[from + i / channels / zoom * channels + i % channels];
      line[i] = (int) Math.max(0, Math.min(255, Math.floor((value + 1) * 127.5f + 0.5f)));
    }
  }

  private static void fillBackground(WritableRaster raster) {
    int[] line = new int[raster.getWidth() * raster.getNumBands()];
    Arrays.fill(line, BACKGROUND);
    for (int y = 0; y < raster.getHeight(); y++) {
      raster.setPixels(0, y, raster.getWidth(), 1, line);
    }
  }

  private static void requireAtLeast(int least, int value, String what) {
    if (value < least) {
      throw new IllegalArgumentException(
          "image grid " + what + " is not at least " + least + ": " + value);
    }
  }
}
