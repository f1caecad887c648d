package dev.tandem.cuda.driver;

import org.bytedeco.javacpp.Pointer;

/** An address as a pointer that owns nothing. */
final class At extends Pointer {

  At(long address) {
    this.address = address;
  }

  /** Where a pointer points, with its position. */
  static long address(Pointer pointer) {
    return pointer.address() + pointer.position() * pointer.sizeof();
  }

  /** The largest power of two, at most 256, that divides all of some addresses and strides. */
  static int alignment(long... numbers) {
    long all = 256;
    for (long number : numbers) {
      all |= number;
    }
    return (int) Long.lowestOneBit(all);
  }
}
