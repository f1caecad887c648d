package dev.tandem.onnx;

/**
 * The size of an axis: a number, or a multiple of the batch size.
 *
 * @param factor the number, or that by which the batch size is multiplied
 * @param divisor what the product is divided by; 1 unless samples stand in groups
 * @param ofBatch whether it grows with the batch
 */
record Size(long factor, long divisor, boolean ofBatch) {

  static Size fixed(long size) {
    return new Size(size, 1, false);
  }

  /** Whether it is the batch size itself. */
  boolean isBatch() {
    return ofBatch && factor == 1 && divisor == 1;
  }

  /** The size in batches of so many samples. */
  long at(long batch) {
    return ofBatch ? factor * batch / divisor : factor;
  }
}
