package dev.tandem.dl4j;

/**
 * One array of a layer as DL4J lays it into its row of all parameters.
 *
 * @param name as in {@code W}
 * @param order 'f' if its first index runs fastest, 'c' if its last does
 * @param shape its sizes
 */
record Param(String name, char order, long... shape) {

  /** A list of numbers. */
  static Param row(String name, long size) {
    return new Param(name, 'c', size);
  }

  long length() {
    long length = 1;
    for (long size : shape) {
      length = Math.multiplyExact(length, size);
    }
    return length;
  }
}
