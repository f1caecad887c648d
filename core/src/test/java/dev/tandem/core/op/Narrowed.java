package dev.tandem.core.op;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Numbers with fewer bits, by the definition of rounding to the nearest and to even. */
public final class Narrowed {

  private static final int LEAST_EXPONENT = -126;

  private Narrowed() {}

  /** The number of a format with the range of float32 that is nearest. */
  public static double of(double number, int bitsAfterPoint) {
    if (!Double.isFinite(number) || number == 0) {
      return number;
    }
    int exponent = Math.max(LEAST_EXPONENT, Math.getExponent(number));
    double unit = Math.scalb(1.0, exponent - bitsAfterPoint);
    double rounded = Math.rint(number / unit) * unit;
    double largest = (2 - Math.scalb(1.0, -bitsAfterPoint)) * 0x1p127;
    return Math.abs(rounded) > largest ? Math.copySign(Double.POSITIVE_INFINITY, number) : rounded;
  }

  /** The nearest bfloat16. */
  public static double bfloat16(double number) {
    return of((float) number, 7);
  }

  /** The nearest bfloat16 of each number, as float64. */
  public static INDArray bfloat16(INDArray array) {
    double[] numbers = array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = bfloat16(numbers[i]);
    }
    return Nd4j.createFromArray(numbers).reshape(array.shape());
  }
}
