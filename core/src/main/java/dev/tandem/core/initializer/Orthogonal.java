package dev.tandem.core.initializer;

import dev.tandem.core.op.random.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A kernel, seen as a matrix (…, out), with orthonormal columns, or rows if there are fewer of
 * them, times a gain: Saxe, McClelland, Ganguli, 2013, arXiv:1312.6120. It is the Q of the QR
 * decomposition of a normal matrix, with the signs that make R's diagonal positive, so that all
 * orthogonal matrices are equally likely.
 *
 * @param gain factor
 */
public record Orthogonal(double gain) implements Initializer {

  @Override
  public void fill(INDArray array, CounterRandom random) {
    int columns = array.rank() == 0 ? 1 : Math.toIntExact(array.size(array.rank() - 1));
    int rows = Math.toIntExact(array.length() / Math.max(1, columns));
    boolean wide = rows < columns;
    double[][] vectors = new double[Math.min(rows, columns)][Math.max(rows, columns)];
    for (int i = 0; i < vectors.length; i++) {
      for (int j = 0; j < vectors[i].length; j++) {
        vectors[i][j] = random.normal((long) j * vectors.length + i);
      }
      orthonormalize(vectors, i);
    }
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      int row = i / columns;
      int column = i % columns;
      values[i] = gain * (wide ? vectors[row][column] : vectors[column][row]);
    }
    Initializers.set(array, values);
  }

  /** Gram-Schmidt, done twice against rounding. */
  private static void orthonormalize(double[][] vectors, int index) {
    double[] vector = vectors[index];
    for (int round = 0; round < 2; round++) {
      for (int i = 0; i < index; i++) {
        add(vector, -dot(vectors[i], vector), vectors[i]);
      }
    }
    double norm = Math.sqrt(dot(vector, vector));
    for (int j = 0; j < vector.length; j++) {
      vector[j] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  private static void add(double[] to, double factor, double[] other) {
    for (int j = 0; j < to.length; j++) {
      to[j] += factor * other[j];
    }
  }
}
