package dev.tandem.core.data;

import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Images and the class of each.
 *
 * @param images float32 {@code (n, height, width, channels)}
 * @param labels int32 {@code (n,)}, classes counted from 0
 */
public record LabeledImages(INDArray images, INDArray labels) {

  /**
   * Checks that there is a label for every image.
   *
   * @throws IllegalArgumentException if the shapes are not the ones above
   */
  public LabeledImages {
    if (images.rank() != 4 || labels.rank() != 1 || images.size(0) != labels.size(0)) {
      throw new IllegalArgumentException(
          "labeled images are (n, height, width, channels) and (n,), got "
              + Shape.of(images.shape())
              + " and "
              + Shape.of(labels.shape()));
    }
  }

  /** The number of images. */
  public int size() {
    return Math.toIntExact(labels.size(0));
  }

  /**
   * The labels as rows with a one at the label and zeros elsewhere.
   *
   * @param classes the number of classes, greater than every label
   * @return a new float32 array {@code (n, classes)}
   * @throws IllegalArgumentException if a label is not below the number of classes
   */
  public INDArray oneHotLabels(int classes) {
    int[] values = labels.toIntVector();
    float[][] rows = new float[values.length][classes];
    for (int i = 0; i < values.length; i++) {
      if (values[i] < 0 || values[i] >= classes) {
        throw new IllegalArgumentException(
            "label of image " + i + " is not in [0, " + classes + "): " + values[i]);
      }
      rows[i][values[i]] = 1;
    }
    return Nd4j.createFromArray(rows);
  }
}
