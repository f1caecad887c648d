package dev.tandem.core.engine.onednn;

/**
 * Elementwise formulas of cells on arrays of one length. Each loop is of a form that the virtual
 * machine runs on vectors: few arrays, all at the same index.
 */
final class CellMath {

  /** Where the hyperbolic tangent of float32 is 1. */
  private static final float END = 7.9053111f;

  private CellMath() {}

  /** out = tanh(a + b). */
  static void tanh(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = tanh(a[i] + b[i]);
    }
  }

  /** out = 1 / (1 + e^-(a + b)), by the hyperbolic tangent of half of it. */
  static void sigmoid(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = 0.5f * tanh(0.5f * (a[i] + b[i])) + 0.5f;
    }
  }

  /**
   * By a fraction of polynomials with an error below 4e-7, whose coefficients are those of Eigen's
   * tanh of float32 (Eigen/src/Core/MathFunctionsImpl.h).
   */
  private static float tanh(float number) {
    float x = Math.max(-END, Math.min(END, number));
    float s = x * x;
    float p = -2.76076847742355e-16f * s + 2.00018790482477e-13f;
    p = p * s - 8.60467152213735e-11f;
    p = p * s + 5.12229709037114e-8f;
    p = p * s + 1.48572235717979e-5f;
    p = p * s + 6.37261928875436e-4f;
    p = p * s + 4.89352455891786e-3f;
    float q = 1.19825839466702e-6f * s + 1.18534705686654e-4f;
    q = q * s + 2.268434632439e-3f;
    q = q * s + 4.89352518554385e-3f;
    return x * p / q;
  }

  /** out = a + b. */
  static void add(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  /** out = a · b. */
  static void multiply(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i];
    }
  }

  /** out = a · b + c · d. */
  static void products(float[] a, float[] b, float[] c, float[] d, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i] + c[i] * d[i];
    }
  }

  /** out = (1 - a) · b. */
  static void without(float[] a, float[] b, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (1 - a[i]) * b[i];
    }
  }

  /** out = a · b + (1 - a) · c. */
  static void blend(float[] a, float[] b, float[] c, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i] + (1 - a[i]) * c[i];
    }
  }

  /** out = a · (b - c). */
  static void timesDifference(float[] a, float[] b, float[] c, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * (b[i] - c[i]);
    }
  }

  /** out = a · b · (1 - y²): back through a hyperbolic tangent that gave y. */
  static void backTanh(float[] a, float[] b, float[] y, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i] * (1 - y[i] * y[i]);
    }
  }

  /** out = g · (1 - y²). */
  static void backTanh(float[] g, float[] y, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = g[i] * (1 - y[i] * y[i]);
    }
  }

  /** out = a · b · (y · (1 - y)): back through a sigmoid that gave y. */
  static void backSigmoid(float[] a, float[] b, float[] y, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = a[i] * b[i] * (y[i] * (1 - y[i]));
    }
  }

  /** out = g · (y · (1 - y)). */
  static void backSigmoid(float[] g, float[] y, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = g[i] * (y[i] * (1 - y[i]));
    }
  }
}
