package dev.tandem.examples.trained;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Ways between latents along a sphere (White, 2016, arXiv:1609.04468): what lies on the way is as
 * long as both ends, as normal latents nearly all are; on a straight line it would be shorter.
 */
public final class Slerp {

  /** Below this sine of the angle, the ends lie on one line with the origin. */
  private static final double FLAT = 1e-6;

  private Slerp() {}

  /**
   * A point between, row by row.
   *
   * @param from (n, …)
   * @param to (n, …)
   * @param part 0 at from, 1 at to
   * @return a new array (n, …)
   */
  public static INDArray between(INDArray from, INDArray to, double part) {
    int rows = Math.toIntExact(from.size(0));
    double[] a = from.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] b = to.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    double[] made = new double[a.length];
    int width = a.length / rows;
    for (int row = 0; row < rows; row++) {
      row(a, b, made, row * width, width, part);
    }
    return Nd4j.createFromArray(made).reshape('c', from.shape()).castTo(from.dataType());
  }

  /**
   * A point between on a straight line, row by row: for latents that fill a cube, whose corners a
   * sphere through two of them would leave.
   *
   * @param from (n, …)
   * @param to (n, …)
   * @param part 0 at from, 1 at to
   * @return a new array (n, …)
   */
  public static INDArray straight(INDArray from, INDArray to, double part) {
    return from.mul(1 - part).addi(to.mul(part));
  }

  private static void row(
      double[] a, double[] b, double[] made, int start, int width, double part) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = start; i < start + width; i++) {
      product += a[i] * b[i];
      ofA += a[i] * a[i];
      ofB += b[i] * b[i];
    }
    double cosine = product / Math.sqrt(ofA * ofB);
    double angle = Math.acos(Math.max(-1, Math.min(1, cosine)));
    boolean flat = !(Math.sin(angle) > FLAT);
    double first = flat ? 1 - part : Math.sin((1 - part) * angle) / Math.sin(angle);
    double second = flat ? part : Math.sin(part * angle) / Math.sin(angle);
    for (int i = start; i < start + width; i++) {
      made[i] = first * a[i] + second * b[i];
    }
  }
}
