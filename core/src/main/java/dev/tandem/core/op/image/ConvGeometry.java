package dev.tandem.core.op.image;

import dev.tandem.core.tensor.Shape;

/**
 * The way of a kernel window over an image.
 *
 * @param strideHeight rows per step
 * @param strideWidth columns per step
 * @param top rows of zeros above
 * @param bottom rows of zeros below
 * @param left columns of zeros to the left
 * @param right columns of zeros to the right
 * @param dilationHeight rows between the kernel's rows, at least 1
 * @param dilationWidth columns between the kernel's columns, at least 1
 */
public record ConvGeometry(
    int strideHeight,
    int strideWidth,
    int top,
    int bottom,
    int left,
    int right,
    int dilationHeight,
    int dilationWidth) {

  /** Checks that strides and dilations are positive and paddings not negative. */
  public ConvGeometry {
    if (Math.min(strideHeight, strideWidth) < 1) {
      throw new IllegalArgumentException(
          "strides are not positive: " + strideHeight + ", " + strideWidth);
    }
    if (Math.min(dilationHeight, dilationWidth) < 1) {
      throw new IllegalArgumentException(
          "dilations are not positive: " + dilationHeight + ", " + dilationWidth);
    }
    if (Math.min(Math.min(top, bottom), Math.min(left, right)) < 0) {
      throw new IllegalArgumentException(
          "padding is negative: " + top + ", " + bottom + ", " + left + ", " + right);
    }
  }

  /** A window that stays inside the image. */
  public static ConvGeometry valid(int strideHeight, int strideWidth) {
    return new ConvGeometry(strideHeight, strideWidth, 0, 0, 0, 0, 1, 1);
  }

  /**
   * A window of which ceil(size / stride) fit, with the odd zero at the bottom and right, as
   * TensorFlow pads.
   */
  public static ConvGeometry same(
      long height,
      long width,
      int kernelHeight,
      int kernelWidth,
      int strideHeight,
      int strideWidth,
      int dilationHeight,
      int dilationWidth) {
    int rows = samePadding(height, kernelHeight, strideHeight, dilationHeight);
    int columns = samePadding(width, kernelWidth, strideWidth, dilationWidth);
    return new ConvGeometry(
        strideHeight,
        strideWidth,
        rows / 2,
        rows - rows / 2,
        columns / 2,
        columns - columns / 2,
        dilationHeight,
        dilationWidth);
  }

  private static int samePadding(long size, int kernel, int stride, int dilation) {
    long steps = (size + stride - 1) / stride;
    return (int) Math.max(0, (steps - 1) * stride + span(kernel, dilation) - size);
  }

  /** The rows that a kernel of so many rows makes out of an image of so many. */
  public long outputHeight(long height, long kernelHeight) {
    long room = height + top + bottom - span(kernelHeight, dilationHeight);
    return Math.floorDiv(room, strideHeight) + 1;
  }

  /** The columns that a kernel of so many columns makes out of an image of so many. */
  public long outputWidth(long width, long kernelWidth) {
    long room = width + left + right - span(kernelWidth, dilationWidth);
    return Math.floorDiv(room, strideWidth) + 1;
  }

  /** Whether as many zeros lie before as after, so that two numbers say it all. */
  public boolean isSymmetric() {
    return top == bottom && left == right;
  }

  /** Whether the zeros are those of {@link #same} for this image and kernel size. */
  public boolean isSame(long height, long width, long kernelHeight, long kernelWidth) {
    return equals(
        same(
            height,
            width,
            (int) kernelHeight,
            (int) kernelWidth,
            strideHeight,
            strideWidth,
            dilationHeight,
            dilationWidth));
  }

  /** The rows or columns that a kernel of so many spans if they are so far apart. */
  private static long span(long kernel, int dilation) {
    return (kernel - 1) * dilation + 1;
  }

  /** The shape of a kernel (height, width, …) with zeros between its rows and columns. */
  public Shape dilated(Shape kernel) {
    return kernel
        .with(0, span(kernel.size(0), dilationHeight))
        .with(1, span(kernel.size(1), dilationWidth));
  }

  /** Whether the kernel's rows or columns are apart. */
  public boolean isDilated() {
    return dilationHeight > 1 || dilationWidth > 1;
  }

  /** The same walk of a kernel that has its zeros already. */
  public ConvGeometry undilated() {
    return new ConvGeometry(strideHeight, strideWidth, top, bottom, left, right, 1, 1);
  }

  /** The shape after zeros are laid around (batch, height, width, channels). */
  public Shape padded(Shape image) {
    return image.with(1, image.size(1) + top + bottom).with(2, image.size(2) + left + right);
  }

  /** Where the image begins in the padded one. */
  public Shape origin() {
    return Shape.of(0, top, left, 0);
  }

  /** The same walk over an image that has its zeros already. */
  public ConvGeometry unpadded() {
    return new ConvGeometry(strideHeight, strideWidth, 0, 0, 0, 0, dilationHeight, dilationWidth);
  }
}
