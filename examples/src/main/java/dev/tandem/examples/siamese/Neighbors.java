package dev.tandem.examples.siamese;

import com.google.common.primitives.ImmutableIntArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A picture of rows: an image of a digit, and behind it the images whose points are nearest among
 * those of all ten digits.
 */
final class Neighbors {

  private static final int NEAREST = 11;
  static final int COLUMNS = 1 + NEAREST;
  private static final int PER_DIGIT = 3;

  private Neighbors() {}

  /**
   * Its images, row by row.
   *
   * @param asked whose neighbors are shown, the first images of each digit
   * @param points of all images
   */
  static INDArray images(DigitRows asked, float[][] points) {
    List<INDArray> images = new ArrayList<>();
    for (ImmutableIntArray rows : asked.rows()) {
      for (int i = 0; i < Math.min(PER_DIGIT, rows.length()); i++) {
        int row = rows.get(i);
        images.add(image(asked, row));
        for (int near : nearest(row, points)) {
          images.add(image(asked, near));
        }
      }
    }
    return Nd4j.concat(0, images.toArray(INDArray[]::new)).muli(2).subi(1);
  }

  private static INDArray image(DigitRows digits, int row) {
    return digits.images().slice(row).reshape(1, 28, 28, 1);
  }

  private static List<Integer> nearest(int row, float[][] points) {
    List<Integer> others = new ArrayList<>();
    for (int i = 0; i < points.length; i++) {
      if (i != row) {
        others.add(i);
      }
    }
    others.sort(Comparator.comparingDouble(i -> PairJudge.distance(points[row], points[i])));
    return others.subList(0, NEAREST);
  }
}
