package dev.tandem.cuda.kernel;

/** The loop of a kernel that computes each element by itself. */
final class ElementLoop {

  /** Up to here, int holds an index and one more round of all threads. */
  private static final long INTS = 1L << 30;

  private ElementLoop() {}

  /** The type for indices that do not exceed a number. */
  static String index(long largest) {
    return largest < INTS ? "int" : "long long";
  }

  /**
   * A loop over i, in which I is the type for indices: division is dear in 64 bits.
   *
   * @param length how many elements there are
   * @param largest what no index exceeds
   * @param statements what is done for element i
   */
  static String over(long length, long largest, String statements) {
    return "  typedef "
        + index(Math.max(length, largest))
        + " I;\n  for (I i = (I)blockIdx.x * (I)blockDim.x + (I)threadIdx.x; i < "
        + length
        + "; i += (I)gridDim.x * (I)blockDim.x) {\n"
        + statements
        + "  }\n";
  }
}
