package dev.tandem.core.data.table;

import dev.tandem.core.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Numbers of an input or target, row by row. */
final class Decoding {

  private Decoding() {}

  /**
   * The numbers of each row; of an index that index alone.
   *
   * @throws IllegalArgumentException if the shape is not that of the array
   */
  static List<double[]> rows(EncodedArray array, INDArray numbers) {
    int categories =
        array.isIndex() ? ((FittedCategory) array.parts().get(0)).categories().size() : 0;
    Shape shape = Shape.of(numbers.shape());
    boolean plain = array.isIndex() && (shape.rank() == 1 || isOf(shape, 1));
    boolean scores = array.isIndex() && isOf(shape, categories);
    if (!plain && !scores && (array.isIndex() || !isOf(shape, array.width()))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "rows of \"%s\" are %s, got %s",
              array.name(),
              array.isIndex()
                  ? "(rows) of indices or (rows, " + categories + ") of scores"
                  : "(rows, " + array.width() + ")",
              shape));
    }
    List<double[]> rows = new ArrayList<>();
    int width = shape.rank() == 1 ? 1 : (int) numbers.size(1);
    double[] all = numbers.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    for (int i = 0; i < all.length; i += width) {
      double[] row = new double[width];
      System.arraycopy(all, i, row, 0, width);
      rows.add(scores && width > 1 ? new double[] {largest(row)} : row);
    }
    return rows;
  }

  private static boolean isOf(Shape shape, int width) {
    return shape.rank() == 2 && shape.size(1) == width;
  }

  private static int largest(double[] row) {
    int best = 0;
    for (int i = 1; i < row.length; i++) {
      best = row[i] > row[best] ? i : best;
    }
    return best;
  }
}
