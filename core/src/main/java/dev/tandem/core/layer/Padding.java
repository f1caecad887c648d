package dev.tandem.core.layer;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;

/** The way of a window at the border of an image. */
public enum Padding {
  /**
   * Zeros are laid around the image so that ceil(size / stride) windows fit along an axis; where
   * their number is odd, one more lies at the bottom and right, as in Keras.
   */
  SAME,
  /** The window stays inside the image: floor((size - window) / stride) + 1 fit along an axis. */
  VALID,
  /**
   * All zeros are laid before the first step, window - 1 of them, so that no output sees a later
   * step than its own: ceil(size / stride) windows fit. For convolutions of sequences.
   */
  CAUSAL;

  /** Refuses what only sequences can be padded with. */
  static void requireTimeless(String what, Padding padding) {
    if (padding == CAUSAL) {
      throw new IllegalArgumentException(
          what + " is CAUSAL, which Conv1D and SeparableConv1D alone have; choose SAME or VALID");
    }
  }

  /** The walk of a window over an image (batch, height, width, channels). */
  ConvGeometry over(Shape image, Window window) {
    if (this == VALID) {
      return new ConvGeometry(
          window.strideHeight(),
          window.strideWidth(),
          0,
          0,
          0,
          0,
          window.dilationHeight(),
          window.dilationWidth());
    }
    if (this == CAUSAL) {
      return new ConvGeometry(
          window.strideHeight(),
          window.strideWidth(),
          window.spanHeight() - 1,
          0,
          window.spanWidth() - 1,
          0,
          window.dilationHeight(),
          window.dilationWidth());
    }
    return ConvGeometry.same(
        image.size(1),
        image.size(2),
        window.height(),
        window.width(),
        window.strideHeight(),
        window.strideWidth(),
        window.dilationHeight(),
        window.dilationWidth());
  }
}
