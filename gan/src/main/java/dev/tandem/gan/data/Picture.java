package dev.tandem.gan.data;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.PixelRange;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * A picture in memory.
 *
 * @param height in pixels
 * @param width in pixels
 * @param levels red, green and blue of each pixel, row by row, from 0 to 255
 */
record Picture(int height, int width, byte[] levels) {

  static final int COLORS = 3;

  private static final int BYTE = 8;

  /** Decodes a file, or says why it is no picture. */
  static Picture read(Path file) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException | RuntimeException e) {
      throw new DataFileException(
          file.toString(), "cannot be decoded (" + e + "); is it whole and readable?", e);
    }
    if (image == null) {
      throw new DataFileException(
          file.toString(), "is neither a PNG nor a JPEG picture; take it out of the folder");
    }
    return new Picture(image.getHeight(), image.getWidth(), levels(image));
  }

  /**
   * Grays of one band are taken as they stand in the file: {@code getRGB} would bend them, since
   * Java holds such pictures for linear.
   */
  private static byte[] levels(BufferedImage image) {
    int width = image.getWidth();
    byte[] levels = new byte[image.getHeight() * width * COLORS];
    Raster raster = image.getRaster();
    boolean gray = raster.getNumBands() <= 2 && !(image.getColorModel() instanceof IndexColorModel);
    int bits = raster.getSampleModel().getSampleSize(0);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      if (gray) {
        raster.getSamples(0, y, width, 1, 0, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int rgb = gray ? scaled(row[x], bits) * 0x10101 : row[x];
        for (int color = 0; color < COLORS; color++) {
          levels[(y * width + x) * COLORS + color] = (byte) (rgb >> BYTE * (2 - color));
        }
      }
    }
    return levels;
  }

  /** A sample of some bits as one of 256 levels. */
  private static int scaled(int sample, int bits) {
    return bits >= BYTE ? sample >> bits - BYTE : sample * 255 / ((1 << bits) - 1);
  }

  /** As in {@code 32×24}: width and height. */
  String size() {
    return width + "×" + height;
  }

  /** Whether red, green and blue are equal everywhere. */
  boolean isGray() {
    for (int i = 0; i < levels.length; i += COLORS) {
      if (levels[i] != levels[i + 1] || levels[i] != levels[i + 2]) {
        return false;
      }
    }
    return true;
  }

  /** Writes the pixels, the first one (gray) or all three colours of each. */
  void write(float[] values, int offset, int channels, PixelRange range) {
    for (int i = 0; i < height * width * channels; i++) {
      int level = levels[i / channels * COLORS + i % channels] & 0xFF;
      values[offset + i] = range.of(level);
    }
  }
}
