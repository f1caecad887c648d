package dev.tandem.gan.data;

import java.io.IOException;
import java.util.List;

/**
 * How pixels lie in an array of images.
 *
 * @param size of each image
 * @param channels 1 or 3
 * @param channelsFirst whether all of one channel lie before the next one
 */
record ArrayLayout(ImageSize size, int channels, boolean channelsFirst) {

  /**
   * The layout of an array: (n, height, width), (n, height, width, channels) or (n, channels,
   * height, width).
   *
   * @throws IOException if it is none of these
   */
  static ArrayLayout of(List<Long> shape) throws IOException {
    if (shape.size() == 3 && shape.stream().allMatch(size -> size > 0 && size < 1 << 24)) {
      return new ArrayLayout(size(shape, 1), 1, false);
    }
    if (shape.size() == 4 && shape.stream().allMatch(size -> size > 0 && size < 1 << 24)) {
      if (isChannels(shape.get(3))) {
        return new ArrayLayout(size(shape, 1), shape.get(3).intValue(), false);
      }
      if (isChannels(shape.get(1))) {
        return new ArrayLayout(size(shape, 2), shape.get(1).intValue(), true);
      }
    }
    throw new IOException(
        "arrays of images are (n, height, width), (n, height, width, 1 or 3) or (n, 1 or 3, height,"
            + " width), and it is "
            + shape);
  }

  static boolean fits(List<Long> shape) {
    try {
      of(shape);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isChannels(long count) {
    return count == 1 || count == Picture.COLORS;
  }

  private static ImageSize size(List<Long> shape, int axis) {
    return new ImageSize(shape.get(axis).intValue(), shape.get(axis + 1).intValue());
  }

  int length() {
    return size.height() * size.width() * channels;
  }

  /** The picture of elements that lie so. */
  Picture picture(byte[] levels) {
    int area = size.height() * size.width();
    byte[] colors = new byte[area * Picture.COLORS];
    for (int pixel = 0; pixel < area; pixel++) {
      for (int color = 0; color < Picture.COLORS; color++) {
        int channel = channels == 1 ? 0 : color;
        int from = channelsFirst ? channel * area + pixel : pixel * channels + channel;
        colors[pixel * Picture.COLORS + color] = levels[from];
      }
    }
    return new Picture(size.height(), size.width(), colors);
  }
}
