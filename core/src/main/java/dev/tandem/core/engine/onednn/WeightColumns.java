package dev.tandem.core.engine.onednn;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A copy of some columns of a matrix of weights, or of the transpose of these. */
final class WeightColumns {

  private final FloatBuffer matrix;
  private final FloatBuffer copy;
  private final boolean transposed;
  private final int begin;
  private final int rows;
  private final float[] row;
  private final float[] numbers;

  /**
   * A copy that is made at each {@link #run}.
   *
   * @param begin the first column
   * @param to as many columns as it has room for
   */
  WeightColumns(INDArray matrix, int begin, boolean transposed, INDArray to) {
    this.matrix = StepRows.numbers(matrix);
    this.copy = StepRows.numbers(to);
    this.transposed = transposed;
    this.begin = begin;
    this.rows = Math.toIntExact(matrix.size(0));
    this.row = new float[Math.toIntExact(matrix.size(1))];
    this.numbers = new float[Math.toIntExact(to.length())];
  }

  void run() {
    int columns = numbers.length / rows;
    for (int i = 0; i < rows; i++) {
      matrix.get(i * row.length, row);
      if (transposed) {
        for (int k = 0; k < columns; k++) {
          numbers[k * rows + i] = row[begin + k];
        }
      } else {
        System.arraycopy(row, begin, numbers, i * columns, columns);
      }
    }
    copy.put(0, numbers);
  }
}
