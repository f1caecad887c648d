package dev.tandem.examples.gan;

import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Images as another domain: inverted, and a quarter turn to the left. */
public final class Turned {

  private Turned() {}

  /**
   * Images inverted and turned.
   *
   * @param images (n, side, side, channels), −1 for black and 1 for white
   * @return a new array of the same shape
   * @throws IllegalArgumentException if they are not square
   */
  public static INDArray of(INDArray images) {
    if (images.rank() != 4 || images.size(1) != images.size(2)) {
      throw new IllegalArgumentException(
          "images that are turned are (n, side, side, channels), got " + Shape.of(images.shape()));
    }
    long side = images.size(1);
    INDArray turned = Nd4j.createUninitialized(images.dataType(), images.shape(), 'c');
    INDArrayIndex all = NDArrayIndex.all();
    for (long i = 0; i < side; i++) {
      INDArray column = images.get(all, all, NDArrayIndex.point(side - 1 - i), all);
      turned.get(all, NDArrayIndex.point(i), all, all).assign(column);
    }
    return turned.negi();
  }
}
