package dev.tandem.gan.data;

import java.io.IOException;
import java.util.Locale;

/**
 * Where black and white lie among numbers that stand for pixels.
 *
 * @param black 0
 * @param white 255
 */
record LevelScale(double black, double white) {

  static final LevelScale BYTES = new LevelScale(0, 255);

  /**
   * The one of [0, 1], [−1, 1] and [0, 255] that numbers from a least to a largest one fill.
   *
   * @throws IOException if they are beyond all of these
   */
  static LevelScale of(double least, double largest, boolean whole) throws IOException {
    if (least >= 0 && largest <= 255 && (whole || largest > 1)) {
      return BYTES;
    }
    if (least >= 0 && largest <= 1) {
      return new LevelScale(0, 1);
    }
    if (least >= -1 && largest <= 1) {
      return new LevelScale(-1, 1);
    }
    throw new IOException(
        String.format(
            Locale.ROOT,
            "its numbers are from %s to %s, and pixels are in [0, 255], [0, 1] or [-1, 1]; scale"
                + " them to one of these",
            least,
            largest));
  }

  byte level(double value) {
    return (byte) Math.round(255 * (value - black) / (white - black));
  }

  /** As in {@code [0, 1]}. */
  @Override
  public String toString() {
    return String.format(Locale.ROOT, "[%.0f, %.0f]", black, white);
  }
}
