package dev.tandem.cuda.kernel;

import dev.tandem.cuda.text.KernelText;
import org.jspecify.annotations.Nullable;

/**
 * Kernels of matrix products so thin that a library would leave most of a card idle. Parameters:
 * both matrices, bias or addend if there is one, the result.
 */
final class SmallProducts {

  /** Numbers that one thread adds up without losing time. */
  private static final long SHORT = 8;

  /** Numbers that one thread adds up if there are many threads. */
  private static final long MODEST = 256;

  private static final long MANY_THREADS = 2048;

  /** Columns that a row of threads computes at once. */
  static final long FEW_COLUMNS = 4;

  private static final long ROWS_OF_A_WARP = 32;

  /** Rows that one block goes over. */
  private static final long MOST_ROWS = 4096;

  static final int MOST_BLOCKS = 1 << 16;

  private SmallProducts() {}

  /** The kernel of a product, or null if a library is better. */
  static @Nullable KernelText of(
      ProductSizes sizes, String label, boolean bias, boolean relu, boolean addend) {
    SmallProductText writer = new SmallProductText(sizes, label, bias, relu, addend);
    boolean thin = sizes.columns() <= FEW_COLUMNS;
    if (sizes.inner() <= SHORT) {
      return writer.elements();
    } else if (thin && !sizes.transposeA() && sizes.inner() >= ROWS_OF_A_WARP) {
      return writer.rows();
    } else if (thin && sizes.inner() <= MODEST && sizes.length() >= MANY_THREADS) {
      return writer.elements();
    } else if (writer.isNarrow()
        && sizes.transposeA()
        && !sizes.transposeB()
        && sizes.inner() <= MOST_ROWS) {
      return NarrowProductText.of(writer);
    }
    return null;
  }
}
