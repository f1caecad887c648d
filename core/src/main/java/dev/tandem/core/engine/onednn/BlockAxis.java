package dev.tandem.core.engine.onednn;

import org.jspecify.annotations.Nullable;

/**
 * One axis of an image that is computed in blocks: a block's pixels all come out of one window of
 * the source, as if they were channels.
 *
 * @param block pixels of a block
 * @param stride pixels of the source from window to window
 * @param low where the first window begins in the source, not above 0
 * @param taps pixels of a window
 * @param slope see {@link #tap}
 * @param shift see {@link #tap}
 * @param step see {@link #tap}
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
