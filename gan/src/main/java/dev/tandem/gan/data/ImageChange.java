package dev.tandem.gan.data;

import dev.tandem.core.op.random.CounterRandom;

/**
 * One change of an image.
 *
 * @param mirror from left to right, first of all
 * @param window what of height and width is left
 * @param top where that begins, from 0 to 1 of what is cut off
 * @param left likewise
 * @param down pixels that it is moved
 * @param right likewise
 * @param angle that it is turned by around its center, in radians
 * @param brightness what is added to levels
 * @param contrast what distances from the middle level are multiplied by
 * @param saturation what distances from a pixel's gray are multiplied by
 */
record ImageChange(
    boolean mirror,
    double window,
    double top,
    double left,
    int down,
    int right,
    double angle,
    double brightness,
    double contrast,
    double saturation) {

  private static final double MIDDLE = 127.5;
  private static final int LARGEST = 255;

  /** What a stream of random numbers gives; each has its place in the stream. */
  static ImageChange drawn(RowAugmentation by, CounterRandom random) {
    return new ImageChange(
        by.mirrored() && random.uniform(0) < 0.5,
        1 - by.cropped() * random.uniform(7),
        random.uniform(8),
        random.uniform(9),
        pixels(by.shifted(), random.uniform(1)),
        pixels(by.shifted(), random.uniform(2)),
        Math.toRadians(by.turned() * both(random.uniform(3))),
        LARGEST * by.brightness() * both(random.uniform(4)),
        1 + by.contrast() * both(random.uniform(5)),
        1 + by.saturation() * both(random.uniform(6)));
  }

  private static int pixels(int most, double uniform) {
    return (int) Math.floor((2 * most + 1) * uniform) - most;
  }

  /** From [0, 1) to [−1, 1). */
  private static double both(double uniform) {
    return 2 * uniform - 1;
  }

  /** The image that an image becomes. */
  byte[] apply(byte[] levels, ArrayLayout layout) {
    boolean moves = mirror || window != 1 || down != 0 || right != 0 || angle != 0;
    byte[] moved = moves ? moved(levels, layout) : levels;
    if (brightness != 0 || contrast != 1 || saturation != 1) {
      color(moved, layout.channels());
    }
    return moved;
  }

  private byte[] moved(byte[] levels, ArrayLayout layout) {
    int height = layout.size().height();
    int width = layout.size().width();
    int channels = layout.channels();
    byte[] moved = new byte[levels.length];
    double sine = Math.sin(angle);
    double cosine = Math.cos(angle);
    double middleY = (height - 1) / 2.0;
    double middleX = (width - 1) / 2.0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double v = y - down - middleY;
        double u = x - right - middleX;
        double fromY = clamped(cosine * v - sine * u + middleY, height);
        double fromX = clamped(sine * v + cosine * u + middleX, width);
        fromY = window * fromY + (1 - window) * top * (height - 1);
        fromX = window * fromX + (1 - window) * left * (width - 1);
        fromX = mirror ? width - 1 - fromX : fromX;
        for (int channel = 0; channel < channels; channel++) {
          moved[(y * width + x) * channels + channel] =
              (byte) Math.round(between(levels, fromY, fromX, width, channels, channel));
        }
      }
    }
    return moved;
  }

  private static double clamped(double value, int size) {
    return Math.max(0, Math.min(size - 1.0, value));
  }

  /** The level at a place between pixels, of which those with no share are not read. */
  private static double between(
      byte[] levels, double y, double x, int width, int channels, int channel) {
    int row = (int) y;
    int column = (int) x;
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      double share =
          (i / 2 == 0 ? 1 - (y - row) : y - row) * (i % 2 == 0 ? 1 - (x - column) : x - column);
      if (share > 0) {
        int at = ((row + i / 2) * width + column + i % 2) * channels + channel;
        sum += share * (levels[at] & 0xFF);
      }
    }
    return sum;
  }

  private void color(byte[] levels, int channels) {
    for (int at = 0; at < levels.length; at += channels) {
      double gray = 0;
      for (int channel = 0; channel < channels; channel++) {
        gray += (levels[at + channel] & 0xFF) / (double) channels;
      }
      for (int channel = 0; channel < channels; channel++) {
        double level = gray + saturation * ((levels[at + channel] & 0xFF) - gray);
        level = MIDDLE + contrast * (level - MIDDLE) + brightness;
        levels[at + channel] = (byte) Math.round(Math.max(0, Math.min(LARGEST, level)));
      }
    }
  }
}
