package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;

/**
 * Convolutions that have so few channels on one side and so many on the other, such as a
 * generator's last one, that they are done as matrix products: convolution kernels lay channels
 * into vector registers, and would leave them almost empty.
 */
public final class FewChannels {

  private static final long FEW = 4;
  private static final long MANY = 16;
  private static final long LEAST_WORK = 200_000;
  private static final long MOST_COLUMNS = 32_000_000;

  private FewChannels() {}

  /**
   * Whether a convolution with steps of 1 has few outputs.
   *
   * @param pixels the image
   * @param kernel (height, width, in, out)
   */
  public static boolean outputs(ConvGeometry geometry, Shape pixels, Shape kernel) {
    return kernel.size(3) <= FEW
        && kernel.size(2) >= MANY
        && geometry.strideHeight() == 1
        && geometry.strideWidth() == 1
        && isPlain(geometry)
        && isWorthIt(pixels, kernel);
  }

  /** Whether it also makes an output for each pixel. */
  public static boolean outputsForEachPixel(ConvGeometry geometry, Shape pixels, Shape kernel) {
    return outputs(geometry, pixels, kernel)
        && geometry.outputHeight(pixels.size(1), kernel.size(0)) == pixels.size(1)
        && geometry.outputWidth(pixels.size(2), kernel.size(1)) == pixels.size(2)
        && area(pixels) * kernel.size(0) * kernel.size(1) * kernel.size(3) <= MOST_COLUMNS;
  }

  /**
   * Whether a convolution's image has few channels.
   *
   * @param gradient at the output
   * @param kernel (height, width, in, out)
   */
  public static boolean inputs(ConvGeometry geometry, Shape gradient, Shape kernel) {
    return kernel.size(2) <= FEW
        && kernel.size(3) >= MANY
        && isPlain(geometry)
        && isWorthIt(gradient, kernel);
  }

  /** Whether the image also falls into whole strides, one for each output. */
  public static boolean inputsInStrides(
      ConvGeometry geometry, Shape image, Shape gradient, Shape kernel) {
    return inputs(geometry, gradient, kernel)
        && gradient.size(1) * geometry.strideHeight() == image.size(1)
        && gradient.size(2) * geometry.strideWidth() == image.size(2)
        && area(gradient) * kernel.size(0) * kernel.size(1) * kernel.size(2) <= MOST_COLUMNS;
  }

  private static boolean isPlain(ConvGeometry geometry) {
    return geometry.dilationHeight() == 1 && geometry.dilationWidth() == 1;
  }

  private static boolean isWorthIt(Shape pixels, Shape kernel) {
    return kernel.length() * area(pixels) >= LEAST_WORK;
  }

  private static long area(Shape pixels) {
    return pixels.size(0) * pixels.size(1) * pixels.size(2);
  }
}
