package dev.tandem.core.op.image;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** Convolutions, pools and upsampling of images (batch, height, width, channels). */
public final class ImageOps {

  private ImageOps() {}

  /** The convolution of (batch, height, width, in) with a kernel (height, width, in, out). */
  public static Value conv2d(Ops ops, Value x, Value kernel, ConvGeometry geometry) {
    return ops.one(new Conv2DOp(geometry), x, kernel);
  }

  /** The transposed convolution: what a convolution from {@code image} would send back for x. */
  public static Value conv2dTranspose(
      Ops ops, Value x, Value kernel, ConvGeometry geometry, Shape image) {
    return ops.one(new Conv2DInputGradient(geometry, image), kernel, x);
  }

  /**
   * The convolution of each channel by itself.
   *
   * @param x (batch, height, width, in)
   * @param kernel (height, width, in, multiplier)
   * @return (batch, height, width, in · multiplier)
   */
  public static Value depthwiseConv2d(Ops ops, Value x, Value kernel, ConvGeometry geometry) {
    long channels = x.rank() == 4 ? x.shape().size(3) : -1;
    if (channels == 1 && kernel.rank() == 4 && kernel.shape().size(2) == 1) {
      return conv2d(ops, x, kernel, geometry); // the same thing
    }
    if (geometry.equals(ConvGeometry.valid(1, 1))
        && kernel.shape().equals(Shape.of(1, 1, channels, 1))) {
      return ops.multiply(x, ops.reshape(kernel, channels)); // native ones fail for a single pixel
    }
    return ops.one(new DepthwiseConv2DOp(geometry), x, kernel);
  }

  /** The largest of each window of (batch, height, width, channels); padding never is. */
  public static Value maxPool2d(Ops ops, Value x, PoolWindow window) {
    return ops.one(new MaxPool2D(window), x);
  }

  /**
   * The mean of each window of (batch, height, width, channels).
   *
   * @param countPadding whether padding counts as zeros; in Keras it does not
   */
  public static Value avgPool2d(Ops ops, Value x, PoolWindow window, boolean countPadding) {
    return ops.one(new AvgPool2D(window, countPadding), x);
  }

  /** Each pixel of (batch, height, width, channels) repeated as a block. */
  public static Value upSample2d(Ops ops, Value x, int factorHeight, int factorWidth) {
    return ops.one(new UpSample2D(factorHeight, factorWidth), x);
  }
}
