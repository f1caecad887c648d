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
  VALID;

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
