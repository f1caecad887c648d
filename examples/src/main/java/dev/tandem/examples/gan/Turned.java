package dev.tandem.examples.gan;

import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

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
    int side = Math.toIntExact(images.size(1));
    int channels = Math.toIntExact(images.size(3));
    float[] levels = images.dup('c').data().asFloat();
    float[] turned = new float[levels.length];
    for (int at = 0; at < turned.length; at++) {
      int channel = at % channels;
      int x = at / channels % side;
      int y = at / channels / side % side;
      int first = at / (channels * side * side) * side * side;
      turned[at] = -levels[(first + x * side + side - 1 - y) * channels + channel];
    }
    return Nd4j.createFromArray(turned).reshape(images.shape());
  }
}
