package dev.tandem.gan.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;

/**
 * Pictures without a loss: 256 grays as a palette (Java takes plain gray pictures as linear light,
 * and changes their levels on the way to a file), or 8 bits each of red, green and blue.
 */
final class Palette {

  private static final IndexColorModel GRAYS = grays();

  private Palette() {}

  /** A black picture for 1 channel, of palette indices that are gray levels, or for 3 channels. */
  static BufferedImage picture(int width, int height, int channels) {
    return channels == 1
        ? new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, GRAYS)
        : new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
  }

  private static IndexColorModel grays() {
    byte[] levels = new byte[256];
    for (int level = 0; level < levels.length; level++) {
      levels[level] = (byte) level;
    }
    return new IndexColorModel(Byte.SIZE, levels.length, levels, levels, levels);
  }
}
