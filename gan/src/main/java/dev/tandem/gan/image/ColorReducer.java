package dev.tandem.gan.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * Brings a picture to 256 colors chosen for it, and spreads what a pixel loses over its neighbors
 * to the right and below (Floyd and Steinberg, Proc. SID 17, 1976). A picture of no more colors is
 * kept as it is.
 */
final class ColorReducer {

  private static final int COLORS = 256;

  private final int[] palette;
  private final int width;
  // Sixteenths of a level, of this row and the next, a pixel wider at both ends.
  private int[][] error;
  private int[][] errorBelow;

  private ColorReducer(int[] palette, int width) {
    this.palette = palette;
    this.width = width;
    this.error = new int[width + 2][3];
    this.errorBelow = new int[width + 2][3];
  }

  /** The picture with a palette of its own. */
  static BufferedImage reduce(BufferedImage picture) {
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] &= 0xFFFFFF;
    }
    int[] palette = MeanCut.palette(pixels, COLORS);
    BufferedImage reduced =
        new BufferedImage(width, height, BufferedImage.TYPE_BYTE_INDEXED, model(palette));
    ColorReducer reducer = new ColorReducer(palette, width);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      reducer.reduceRow(pixels, y * width, row);
      reduced.getRaster().setPixels(0, y, width, 1, row);
    }
    return reduced;
  }

  private static IndexColorModel model(int[] palette) {
    return new IndexColorModel(
        Byte.SIZE, palette.length, palette, 0, false, -1, DataBuffer.TYPE_BYTE);
  }

  private void reduceRow(int[] pixels, int from, int[] indices) {
    int[] wanted = new int[3];
    for (int x = 0; x < width; x++) {
      for (int channel = 0; channel < 3; channel++) {
        int carried = (error[x + 1][channel] + 8) >> 4;
        wanted[channel] = Math.max(0, Math.min(255, level(pixels[from + x], channel) + carried));
      }
      indices[x] = nearest(wanted);
      for (int channel = 0; channel < 3; channel++) {
        int lost = wanted[channel] - level(palette[indices[x]], channel);
        error[x + 2][channel] += 7 * lost;
        errorBelow[x][channel] += 3 * lost;
        errorBelow[x + 1][channel] += 5 * lost;
        errorBelow[x + 2][channel] += lost;
      }
    }
    int[][] used = error;
    error = errorBelow;
    errorBelow = used;
    for (int[] pixel : errorBelow) {
      Arrays.fill(pixel, 0);
    }
  }

  private int nearest(int[] wanted) {
    int best = 0;
    int least = Integer.MAX_VALUE;
    for (int i = 0; i < palette.length && least > 0; i++) {
      int red = (palette[i] >> 16) - wanted[0];
      int green = (palette[i] >> 8 & 0xFF) - wanted[1];
      int blue = (palette[i] & 0xFF) - wanted[2];
      int distance = 2 * red * red + 4 * green * green + blue * blue;
      if (distance < least) {
        least = distance;
        best = i;
      }
    }
    return best;
  }

  private static int level(int color, int channel) {
    return color >> (16 - 8 * channel) & 0xFF;
  }
}
