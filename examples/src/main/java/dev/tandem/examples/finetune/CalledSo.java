package dev.tandem.examples.finetune;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A picture with a row for each class: the first images that are called so, black behind them. */
final class CalledSo {

  static final int COLUMNS = 14;

  private CalledSo() {}

  /**
   * Its images, row by row.
   *
   * @param images (n, 28, 28, 1) in [0, 1]
   * @param logits (n, classes)
   */
  static INDArray images(INDArray images, INDArray logits) {
    int[] called = logits.argMax(1).toIntVector();
    int classes = Math.toIntExact(logits.size(1));
    List<INDArray> cells = new ArrayList<>();
    for (int number = 0; number < classes; number++) {
      int found = 0;
      for (int i = 0; i < called.length && found < COLUMNS; i++) {
        if (called[i] == number) {
          cells.add(images.slice(i).reshape(1, 28, 28, 1));
          found++;
        }
      }
      for (; found < COLUMNS; found++) {
        cells.add(Nd4j.zeros(images.dataType(), 1, 28, 28, 1));
      }
    }
    return Nd4j.concat(0, cells.toArray(INDArray[]::new)).muli(2).subi(1);
  }
}
