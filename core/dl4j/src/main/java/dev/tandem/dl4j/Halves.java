package dev.tandem.dl4j;

/** Numbers of IEEE 754's 16 bits. */
final class Halves {

  private static final int MANTISSA_BITS = 10;

  private Halves() {}

  static float toFloat(short bits) {
    float sign = bits < 0 ? -1 : 1;
    int exponent = bits >> MANTISSA_BITS & 0x1f;
    int mantissa = bits & 0x3ff;
    if (exponent == 0) {
      return sign * Math.scalb((float) mantissa, -24);
    }
    if (exponent == 0x1f) {
      return mantissa == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
    }
    return sign * Math.scalb((float) (mantissa | 0x400), exponent - 25);
  }
}
