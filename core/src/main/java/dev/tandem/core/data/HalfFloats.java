package dev.tandem.core.data;

/** Numbers of 16 bits: those of IEEE 754 (5 bits of exponent), and bfloat16 (8 bits). */
public final class HalfFloats {

  private static final int FRACTION = 10;
  private static final int BIAS = 15;

  private HalfFloats() {}

  /** The value of an IEEE 754 half, exactly. */
  public static float value(short bits) {
    int exponent = bits >> FRACTION & 0x1f;
    int fraction = bits & 0x3ff;
    float size;
    if (exponent == 0x1f) {
      size = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      size = Math.scalb((float) fraction, 1 - BIAS - FRACTION);
    } else {
      size = Math.scalb((float) (fraction | 0x400), exponent - BIAS - FRACTION);
    }
    return bits < 0 ? -size : size;
  }

  /** The value of a bfloat16, exactly. */
  public static float brainValue(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }
}
