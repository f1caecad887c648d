package dev.tandem.gan.metric;

/**
 * The way of an image to another size, along either axis for itself; pixels are squares, and what
 * lies over the border is left out of means.
 */
public enum Resizing {
  /**
   * Between the two nearest pixels, also where the image shrinks, as {@code interpolate} of PyTorch
   * with {@code bilinear} and {@code align_corners=False}.
   */
  BILINEAR(1, false),
  /** By triangles as wide as the pixels that come out, as {@code BILINEAR} of Pillow. */
  ANTIALIASED_BILINEAR(1, true),
  /** By cubic splines as wide as the pixels that come out, as {@code BICUBIC} of Pillow. */
  ANTIALIASED_BICUBIC(2, true);

  /** The parameter of the cubic, as Pillow has it. */
  private static final double CUBIC = -0.5;

  private final double radius;
  private final boolean widens;

  Resizing(double radius, boolean widens) {
    this.radius = radius;
    this.widens = widens;
  }

  /**
   * What an axis is made of.
   *
   * @param first the first pixel of each new one
   * @param weights of it and those behind it; their sum is 1
   */
  record Axis(int[] first, double[][] weights) {}

  /** The weights from an axis of some pixels to one of others. */
  Axis axis(int from, int to) {
    double step = (double) from / to;
    double wide = widens ? Math.max(1, step) : 1;
    int[] first = new int[to];
    double[][] weights = new double[to][];
    for (int i = 0; i < to; i++) {
      double center = (i + 0.5) * step;
      int begin = (int) Math.max(0, Math.floor(center - radius * wide));
      int end = (int) Math.min(from, Math.ceil(center + radius * wide));
      double[] all = new double[end - begin];
      double sum = 0;
      for (int j = begin; j < end; j++) {
        all[j - begin] = weight((j + 0.5 - center) / wide);
        sum += all[j - begin];
      }
      for (int j = 0; j < all.length; j++) {
        all[j] /= sum;
      }
      first[i] = begin;
      weights[i] = all;
    }
    return new Axis(first, weights);
  }

  private double weight(double distance) {
    double x = Math.abs(distance);
    if (x >= radius) {
      return 0;
    }
    if (radius == 1) {
      return 1 - x;
    }
    return x < 1
        ? ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1
        : (((x - 5) * x + 8) * x - 4) * CUBIC;
  }

  /**
   * Images of another size.
   *
   * @param images (n, height, width, channels), in this order
   * @return (n, toHeight, toWidth, channels)
   */
  float[] apply(
      float[] images, int n, int height, int width, int channels, int toHeight, int toWidth) {
    Axis down = axis(height, toHeight);
    Axis across = axis(width, toWidth);
    double[] rows = new double[height * toWidth * channels];
    float[] resized = new float[n * toHeight * toWidth * channels];
    for (int image = 0; image < n; image++) {
      int start = image * height * width * channels;
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < toWidth; x++) {
          for (int channel = 0; channel < channels; channel++) {
            double sum = 0;
            int at = start + (y * width + across.first()[x]) * channels + channel;
            for (double weight : across.weights()[x]) {
              sum += weight * images[at];
              at += channels;
            }
            rows[(y * toWidth + x) * channels + channel] = sum;
          }
        }
      }
      int line = toWidth * channels;
      for (int y = 0; y < toHeight; y++) {
        for (int i = 0; i < line; i++) {
          double sum = 0;
          int at = down.first()[y] * line + i;
          for (double weight : down.weights()[y]) {
            sum += weight * rows[at];
            at += line;
          }
          resized[(image * toHeight + y) * line + i] = (float) sum;
        }
      }
    }
    return resized;
  }
}
