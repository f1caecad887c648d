package dev.tandem.gan.data;

/**
 * Makes a picture of a part of another, of another size: the mean over the area of each pixel where
 * it shrinks, between pixels where it grows, along either axis for itself.
 */
final class Resampler {

  private static final float HALF = 0.5f;

  private Resampler() {}

  /**
   * A part of a picture, resampled.
   *
   * @param top where the part begins, in pixels; may lie between two
   * @param left likewise
   * @param height of the part
   * @param width of the part
   */
  static Picture part(
      Picture picture, double top, double left, double height, double width, ImageSize size) {
    AxisWeights down = AxisWeights.of(picture.height(), top, height, size.height());
    AxisWeights across = AxisWeights.of(picture.width(), left, width, size.width());
    if (isWhole(picture, size) && height == picture.height() && width == picture.width()) {
      return picture;
    }
    int above = down.first()[0];
    int last = down.count() - 1;
    int below = down.first()[last] + down.weights()[last].length;
    float[][] rows = new float[below - above][];
    for (int y = above; y < below; y++) {
      rows[y - above] = row(picture, y, across);
    }
    byte[] levels = new byte[size.height() * size.width() * Picture.COLORS];
    float[] sums = new float[size.width() * Picture.COLORS];
    for (int i = 0; i < size.height(); i++) {
      sum(rows, down.first()[i] - above, down.weights()[i], sums);
      for (int j = 0; j < sums.length; j++) {
        levels[i * sums.length + j] = (byte) (int) (sums[j] + HALF);
      }
    }
    return new Picture(size.height(), size.width(), levels);
  }

  private static boolean isWhole(Picture picture, ImageSize size) {
    return picture.height() == size.height() && picture.width() == size.width();
  }

  /** A row of the picture, resampled. */
  private static float[] row(Picture picture, int y, AxisWeights across) {
    float[] row = new float[across.count() * Picture.COLORS];
    byte[] levels = picture.levels();
    int start = y * picture.width();
    for (int i = 0; i < across.count(); i++) {
      float[] weights = across.weights()[i];
      int at = (start + across.first()[i]) * Picture.COLORS;
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float weight : weights) {
        red += weight * (levels[at] & 0xFF);
        green += weight * (levels[at + 1] & 0xFF);
        blue += weight * (levels[at + 2] & 0xFF);
        at += Picture.COLORS;
      }
      row[i * Picture.COLORS] = red;
      row[i * Picture.COLORS + 1] = green;
      row[i * Picture.COLORS + 2] = blue;
    }
    return row;
  }

  private static void sum(float[][] rows, int first, float[] weights, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      float sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += weights[i] * rows[first + i][j];
      }
      sums[j] = Math.max(0, Math.min(255, sum));
    }
  }
}
