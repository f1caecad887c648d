package dev.tandem.core.op.image;

import dev.tandem.core.tensor.Shape;

/**
 * A pooling window and how it walks over an image.
 *
 * @param height rows of the window
 * @param width columns of the window
 * @param geometry strides and padding, without dilation; less padding than the window on each side,
 *     so that every window holds a pixel
 */
public record PoolWindow(int height, int width, ConvGeometry geometry) {

  /** Checks that every window holds a pixel. */
  public PoolWindow {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException("pool window is not positive: " + height + " x " + width);
    }
    if (geometry.dilationHeight() != 1 || geometry.dilationWidth() != 1) {
      throw new IllegalArgumentException("pool windows have no dilation: " + geometry);
    }
    if (Math.max(geometry.top(), geometry.bottom()) >= height
        || Math.max(geometry.left(), geometry.right()) >= width) {
      throw new IllegalArgumentException(
          "padding is not smaller than the pool window "
              + height
              + " x "
              + width
              + ": "
              + geometry);
    }
  }

  /** A window that stays inside the image. */
  public static PoolWindow valid(int height, int width, int strideHeight, int strideWidth) {
    return new PoolWindow(height, width, ConvGeometry.valid(strideHeight, strideWidth));
  }

  /** A window of which ceil(size / stride) fit, for (batch, height, width, channels). */
  public static PoolWindow same(
      Shape image, int height, int width, int strideHeight, int strideWidth) {
    return new PoolWindow(
        height,
        width,
        ConvGeometry.same(
            image.size(1), image.size(2), height, width, strideHeight, strideWidth, 1, 1));
  }

  /**
   * The shape of what an image is pooled to.
   *
   * @param image (batch, height, width, channels)
   * @throws IllegalArgumentException if no window fits
   */
  public Shape output(Shape image) {
    if (image.rank() != 4) {
      throw new IllegalArgumentException(
          "pooling of " + image + ", not (batch, height, width, channels)");
    }
    long rows = geometry.outputHeight(image.size(1), height);
    long columns = geometry.outputWidth(image.size(2), width);
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException("no window of " + this + " fits into " + image);
    }
    return image.with(1, rows).with(2, columns);
  }

  /** The same window over an image that has its padding already. */
  public PoolWindow unpadded() {
    return new PoolWindow(height, width, geometry.unpadded());
  }

  /** The window as the kernel of a convolution: its shape without channels. */
  Shape kernel() {
    return Shape.of(height, width, 1, 1);
  }
}
