package dev.tandem.core.engine.onednn;

import org.jspecify.annotations.Nullable;

/**
 * One axis of an image that is computed in blocks: a block's pixels all come out of one window of
 * the source, as if they were channels.
 *
 * <p>A kernel of 3 taps with 1 zero before the source, in blocks of 4 pixels, has windows of 6
 * pixels, the first at -1, the next 4 later. The taps that the pixels of a block lay on the places
 * of its window:
 *
 * <pre>
 * place     0  1  2  3  4  5     of the source: -1 … 4
 * pixel 0   0  1  2  .  .  .
 * pixel 1   .  0  1  2  .  .
 * pixel 2   .  .  0  1  2  .     tap = -1 · pixel + 0 + 1 · place
 * pixel 3   .  .  .  0  1  2
 * </pre>
 *
 * <p>The transpose of one with 5 taps, stride 2 and 2 zeros before has windows of 4 pixels, the
 * first at -1, the next 2 later:
 *
 * <pre>
 * place     0  1  2  3           of the source: -1 … 2
 * pixel 0   4  2  0  .
 * pixel 1   .  3  1  .
 * pixel 2   .  4  2  0           tap = 1 · pixel + 4 - 2 · place
 * pixel 3   .  .  3  1
 * </pre>
 *
 * @param block pixels of a block
 * @param stride pixels of the source from window to window
 * @param low where the first window begins in the source, not above 0
 * @param taps pixels of a window
 * @param slope how the {@link #tap} changes from pixel to pixel of the block
 * @param shift the tap of pixel 0 at place 0, as if the kernel had no end
 * @param step how the tap changes from place to place of the window
 * @param kernel taps of the original kernel
 */
record BlockAxis(
    int block, int stride, int low, int taps, int slope, int shift, int step, int kernel) {

  /** Of a convolution, whose output q reads the source at stride · q + i - before. */
  static BlockAxis ofConvolution(int kernel, int stride, int before, int block) {
    int taps = stride * (block - 1) + kernel;
    return new BlockAxis(block, stride * block, -before, taps, -stride, 0, 1, kernel);
  }

  /** Of its transpose, whose output stride · r + i - before reads the source at r. */
  static @Nullable BlockAxis ofTranspose(int kernel, int stride, int before, int block) {
    if (block % stride != 0) {
      return null;
    }
    int low = -Math.floorDiv(kernel - 1 - before, stride);
    int high = Math.floorDiv(block - 1 + before, stride);
    int taps = high - low + 1;
    return low > 0
        ? null
        : new BlockAxis(
            block, block / stride, low, taps, 1, before - stride * low, -stride, kernel);
  }

  /** The tap of the original kernel between a pixel of the block and one of the window, or -1. */
  int tap(int pixel, int place) {
    int tap = slope * pixel + shift + step * place;
    return tap < 0 || tap >= kernel ? -1 : tap;
  }

  /** The zeros behind a source of some size, for an image of another; may be negative. */
  long after(long source, long image) {
    return (image / block - 1) * stride + low + taps - source;
  }
}
