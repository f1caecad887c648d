package dev.tandem.gan.metric;

import java.nio.DoubleBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Squared distances from each row of one matrix to all rows of another, some rows at a time: what
 * is in memory at once is a strip, never all pairs. {@code |x|² + |y|² − 2 x·y} in float64.
 */
final class Distances {

  /** The numbers of a strip, 32 MB. */
  private static final long STRIP = 1 << 22;

  private final INDArray from;
  private final INDArray to;
  private final double[] fromSquares;
  private final double[] toSquares;

  Distances(INDArray from, INDArray to) {
    this.from = from;
    this.to = to;
    this.fromSquares = squares(from);
    this.toSquares = from == to ? fromSquares : squares(to);
  }

  /** A consumer of the distances of one row; the array is overwritten afterwards. */
  @FunctionalInterface
  interface Row {
    void see(int row, double[] squaredDistances);
  }

  /** Shows the distances of each row, in order. */
  void forEach(Row seen) {
    int rows = fromSquares.length;
    int columns = toSquares.length;
    int height = (int) Math.max(1, Math.min(rows, STRIP / columns));
    double[] distances = new double[columns];
    INDArray products = Matrices.create(height, columns);
    for (int first = 0; first < rows; first += height) {
      int last = Math.min(rows, first + height);
      if (last - first < height) {
        products = Matrices.create(last - first, columns);
      }
      INDArray strip = from.get(NDArrayIndex.interval(first, last), NDArrayIndex.all());
      Matrices.timesTransposed(strip, to, products);
      DoubleBuffer memory = Matrices.memory(products);
      for (int row = first; row < last; row++) {
        memory.get(distances);
        for (int column = 0; column < columns; column++) {
          double squared = fromSquares[row] + toSquares[column] - 2 * distances[column];
          distances[column] = Math.max(0, squared);
        }
        seen.see(row, distances);
      }
    }
  }

  private static double[] squares(INDArray rows) {
    return Matrices.values(rows.mul(rows).sum(true, 1).dup('c'));
  }
}
