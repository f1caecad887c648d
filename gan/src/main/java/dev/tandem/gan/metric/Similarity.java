package dev.tandem.gan.metric;

import java.util.Locale;

/** MS-SSIM of two images of one size, with black 0 and white 1; see {@link MsSsim}. */
final class Similarity {

  private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
  private static final double C1 = 0.01 * 0.01;
  private static final double C2 = 0.03 * 0.03;
  private static final double SIGMA = 1.5;
  private static final int WINDOW = 11;

  private final int height;
  private final int width;
  private final int channels;
  private final int scales;
  private final double weightSum;
  private final double[] window = new double[WINDOW];

  private Similarity(int height, int width, int channels) {
    this.height = height;
    this.width = width;
    this.channels = channels;
    int fitting = 0;
    double sum = 0;
    while (fitting < WEIGHTS.length && Math.min(height, width) >> fitting >= WINDOW) {
      sum += WEIGHTS[fitting++];
    }
    this.scales = fitting;
    this.weightSum = sum;
    double total = 0;
    for (int i = 0; i < WINDOW; i++) {
      double away = i - WINDOW / 2;
      window[i] = Math.exp(-away * away / (2 * SIGMA * SIGMA));
      total += window[i];
    }
    for (int i = 0; i < WINDOW; i++) {
      window[i] /= total;
    }
  }

  /**
   * The similarity of images of a size.
   *
   * @throws IllegalArgumentException if a side is shorter than the window
   */
  static Similarity of(int height, int width, int channels) {
    if (Math.min(height, width) < WINDOW) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "MS-SSIM needs images of at least %d by %d pixels, the size of its window, got %d by"
                  + " %d; enlarge them",
              WINDOW,
              WINDOW,
              height,
              width));
    }
    return new Similarity(height, width, channels);
  }

  /** The similarity of two images (height, width, channels): the mean over channels. */
  double of(double[] first, double[] second) {
    double sum = 0;
    for (int channel = 0; channel < channels; channel++) {
      sum += ofChannel(channel(first, channel), channel(second, channel));
    }
    return sum / channels;
  }

  private double[] channel(double[] image, int channel) {
    double[] plane = new double[height * width];
    for (int i = 0; i < plane.length; i++) {
      plane[i] = image[i * channels + channel];
    }
    return plane;
  }

  private double ofChannel(double[] first, double[] second) {
    double[] x = first;
    double[] y = second;
    int rows = height;
    int columns = width;
    double product = 1;
    for (int scale = 0; scale < scales; scale++) {
      boolean last = scale == scales - 1;
      double term = Math.max(0, term(x, y, rows, columns, last));
      product *= Math.pow(term, WEIGHTS[scale] / weightSum);
      if (!last) {
        x = halved(x, rows, columns);
        y = halved(y, rows, columns);
        rows /= 2;
        columns /= 2;
      }
    }
    return product;
  }

  /** Contrast and structure, with luminance too on the last scale, averaged over the image. */
  private double term(double[] x, double[] y, int rows, int columns, boolean luminance) {
    double[] meanX = blurred(x, rows, columns);
    double[] meanY = blurred(y, rows, columns);
    double[] xx = blurred(product(x, x), rows, columns);
    double[] yy = blurred(product(y, y), rows, columns);
    double[] xy = blurred(product(x, y), rows, columns);
    double sum = 0;
    for (int i = 0; i < meanX.length; i++) {
      double mx = meanX[i];
      double my = meanY[i];
      double variances = xx[i] - mx * mx + yy[i] - my * my;
      double structure = (2 * (xy[i] - mx * my) + C2) / (variances + C2);
      double light = luminance ? (2 * mx * my + C1) / (mx * mx + my * my + C1) : 1;
      sum += structure * light;
    }
    return sum / meanX.length;
  }

  private static double[] product(double[] x, double[] y) {
    double[] product = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      product[i] = x[i] * y[i];
    }
    return product;
  }

  /** The window's mean at each place where it lies within the image. */
  private double[] blurred(double[] image, int rows, int columns) {
    int across = columns - WINDOW + 1;
    double[] lines = new double[rows * across];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < across; column++) {
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
          sum += window[i] * image[row * columns + column + i];
        }
        lines[row * across + column] = sum;
      }
    }
    double[] blurred = new double[(rows - WINDOW + 1) * across];
    for (int i = 0; i < blurred.length; i++) {
      for (int j = 0; j < WINDOW; j++) {
        blurred[i] += window[j] * lines[i + j * across];
      }
    }
    return blurred;
  }

  /** Means of squares of two by two pixels; an odd last row or column is left out. */
  private static double[] halved(double[] image, int rows, int columns) {
    double[] half = new double[rows / 2 * (columns / 2)];
    for (int row = 0; row < rows / 2; row++) {
      for (int column = 0; column < columns / 2; column++) {
        int at = 2 * row * columns + 2 * column;
        half[row * (columns / 2) + column] =
            (image[at] + image[at + 1] + image[at + columns] + image[at + columns + 1]) / 4;
      }
    }
    return half;
  }
}
