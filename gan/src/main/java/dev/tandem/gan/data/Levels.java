package dev.tandem.gan.data;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import javax.imageio.IIOException;

/** The levels of a decoded image, on a background where it is transparent. */
final class Levels {

  private static final int BYTE = 8;
  private static final int WHITE = 255;

  private Levels() {}

  /**
   * Red, green and blue of each pixel, row by row, from 0 to 255.
   *
   * @param background 0xRRGGBB
   * @throws IIOException if samples are not whole numbers of at most 16 bits
   */
  static byte[] of(BufferedImage image, int background) throws IIOException {
    requireLevels(image.getColorModel());
    int width = image.getWidth();
    byte[] levels = new byte[image.getHeight() * width * Picture.COLORS];
    boolean gray = isGray(image);
    int[] row = new int[width];
    for (int y = 0; y < image.getHeight(); y++) {
      if (gray) {
        grays(image, y, row);
      } else {
        image.getRGB(0, y, width, 1, row, 0, width);
      }
      for (int x = 0; x < width; x++) {
        int alpha = row[x] >>> 3 * BYTE;
        for (int color = 0; color < Picture.COLORS; color++) {
          int level = row[x] >> BYTE * (2 - color) & 0xFF;
          int behind = background >> BYTE * (2 - color) & 0xFF;
          levels[(y * width + x) * Picture.COLORS + color] = (byte) laid(level, alpha, behind);
        }
      }
    }
    return levels;
  }

  /** A level of which so many 255ths cover the one behind, rounded. */
  private static int laid(int level, int alpha, int behind) {
    return (level * alpha + behind * (WHITE - alpha) + WHITE / 2) / WHITE;
  }

  private static void requireLevels(ColorModel model) throws IIOException {
    int type = model.getTransferType();
    boolean whole = type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT;
    if (model instanceof ComponentColorModel && !whole) {
      throw new IIOException(
          "its samples are not whole numbers of 8 or 16 bits, but of Java's type "
              + DataBuffer.getDataTypeSize(type)
              + " bits wide");
    }
  }

  private static boolean isGray(BufferedImage image) {
    return image.getRaster().getNumBands() <= 2
        && !(image.getColorModel() instanceof IndexColorModel);
  }

  /**
   * A row of grays, taken as they stand in the file: {@code getRGB} would bend them, since Java
   * holds such pictures for linear.
   */
  private static void grays(BufferedImage image, int y, int[] row) {
    Raster raster = image.getRaster();
    raster.getSamples(0, y, row.length, 1, 0, row);
    int[] alpha = raster.getNumBands() == 2 ? new int[row.length] : null;
    if (alpha != null) {
      raster.getSamples(0, y, row.length, 1, 1, alpha);
    }
    for (int x = 0; x < row.length; x++) {
      int gray = scaled(row[x], raster.getSampleModel().getSampleSize(0));
      int opaque =
          alpha == null ? WHITE : scaled(alpha[x], raster.getSampleModel().getSampleSize(1));
      row[x] = opaque << 3 * BYTE | gray * 0x10101;
    }
  }

  /**
   * The one of 256 levels that is nearest to a sample of some bits, of which all are set in white.
   */
  private static int scaled(int sample, int bits) {
    int white = (1 << bits) - 1;
    return (sample * WHITE + white / 2) / white;
  }
}
