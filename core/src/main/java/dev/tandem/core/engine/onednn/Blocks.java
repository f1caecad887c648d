package dev.tandem.core.engine.onednn;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * The blocks in which an image of few channels is computed, and what they cost.
 *
 * <p>A convolution of 5 × 5 taps to 1 channel fills one of 16 lanes: 25 · 16 = 400 multiplications
 * for each pixel and channel of the source, 25 of them wanted. In blocks of 4 × 4 pixels, 16 output
 * channels fill all lanes; their window has (4 - 1 + 5)² = 64 taps, so a block takes 64 · 16
 * multiplications and a pixel 64.
 *
 * @param source (batch, height, width, depth), what the image is computed from
 * @param image (batch, height, width, few)
 * @param rows the image's rows
 * @param columns the image's columns
 */
record Blocks(Shape source, Shape image, BlockAxis rows, BlockAxis columns) {

  /** Output channels that a vector register of AVX-512 holds. */
  private static final long LANES = 16;

  private static final int LARGEST = 8;

  /** The best blocks for the output of a convolution, or null if none are worth it. */
  static @Nullable Blocks ofConvolution(
      ConvGeometry geometry, Shape source, Shape kernel, Shape image) {
    long plain = kernel.size(0) * kernel.size(1) * LANES;
    return best(geometry, source, image, kernel, false, plain);
  }

  /** The best blocks for the image gradient of a convolution, or null if none are worth it. */
  static @Nullable Blocks ofTranspose(
      ConvGeometry geometry, Shape source, Shape kernel, Shape image) {
    long taps = kernel.size(0) * kernel.size(1);
    long plain = taps * LANES / (geometry.strideHeight() * geometry.strideWidth());
    return best(geometry, source, image, kernel, true, plain);
  }

  private static @Nullable Blocks best(
      ConvGeometry geometry,
      Shape source,
      Shape image,
      Shape kernel,
      boolean transposed,
      long plain) {
    Blocks best = null;
    for (int height = 1; height <= LARGEST; height++) {
      for (int width = 1; width <= LARGEST; width++) {
        Blocks blocks = of(geometry, source, image, kernel, transposed, height, width);
        if (blocks != null && (best == null || blocks.cost() < best.cost())) {
          best = blocks;
        }
      }
    }
    return best == null || 1.5 * best.cost() > plain ? null : best;
  }

  private static @Nullable Blocks of(
      ConvGeometry geometry,
      Shape source,
      Shape image,
      Shape kernel,
      boolean transposed,
      int height,
      int width) {
    if (image.size(1) % height != 0 || image.size(2) % width != 0) {
      return null;
    }
    int tall = (int) kernel.size(0);
    int wide = (int) kernel.size(1);
    BlockAxis rows =
        transposed
            ? BlockAxis.ofTranspose(tall, geometry.strideHeight(), geometry.top(), height)
            : BlockAxis.ofConvolution(tall, geometry.strideHeight(), geometry.top(), height);
    BlockAxis columns =
        transposed
            ? BlockAxis.ofTranspose(wide, geometry.strideWidth(), geometry.left(), width)
            : BlockAxis.ofConvolution(wide, geometry.strideWidth(), geometry.left(), width);
    if (rows == null || columns == null) {
      return null;
    }
    Blocks blocks = new Blocks(source, image, rows, columns);
    return blocks.bottom() < 0 || blocks.right() < 0 ? null : blocks;
  }

  /**
   * Multiplications of one channel of the source for each pixel of the image, lanes that stay empty
   * counted.
   */
  private double cost() {
    long rounded = (channels() + LANES - 1) / LANES * LANES;
    return (double) taps() * rounded / area();
  }

  /** Pixels of a block. */
  int area() {
    return rows.block() * columns.block();
  }

  /** Pixels of a window of the source. */
  int taps() {
    return rows.taps() * columns.taps();
  }

  /** Output channels of the convolution that makes the blocks. */
  long channels() {
    return few() * area();
  }

  /** Channels of the image. */
  long few() {
    return image.size(3);
  }

  /** Channels of the source. */
  long depth() {
    return source.size(3);
  }

  /** Rows of zeros below the source. */
  long bottom() {
    return rows.after(source.size(1), image.size(1));
  }

  /** Columns of zeros right of the source. */
  long right() {
    return columns.after(source.size(2), image.size(2));
  }

  /** The blocks (batch, rows of blocks, columns of blocks, few · block height · block width). */
  Shape made() {
    return Shape.of(
        image.size(0), image.size(1) / rows.block(), image.size(2) / columns.block(), channels());
  }
}
