package dev.tandem.cuda.text;

import java.util.Locale;

/**
 * How many threads run a kernel.
 *
 * @param blocks the blocks along x
 * @param blocksY the blocks along y
 * @param threads the threads of a block along x
 * @param threadsY the threads of a block along y
 */
public record Grid(int blocks, int blocksY, int threads, int threadsY) {

  /** Threads of a block that goes over elements. */
  public static final int THREADS = 256;

  /** Blocks from which on each goes over several stretches. */
  private static final int MOST = 4096;

  /** One thread for an element, or for some where there are many. */
  public static Grid over(long elements) {
    long blocks = Math.max(1, (elements + THREADS - 1) / THREADS);
    return new Grid((int) Math.min(MOST, blocks), 1, THREADS, 1);
  }

  /** Blocks of threads in a row. */
  public static Grid of(int blocks, int threads) {
    return new Grid(blocks, 1, threads, 1);
  }

  /** The head of a loop in which the threads of a grid along x share elements; "{" is open. */
  public static String loop(String index, long elements) {
    // one stride beyond the end still fits
    boolean isShort = elements <= Integer.MAX_VALUE;
    String type = isShort ? "unsigned" : "long long";
    return String.format(
        Locale.ROOT,
        "  for (%s %s = blockIdx.x * (%s)blockDim.x + threadIdx.x; %s < %d%s; %s += gridDim.x *"
            + " (%s)blockDim.x) {\n",
        type,
        index,
        type,
        index,
        elements,
        isShort ? "u" : "LL",
        index,
        type);
  }
}
