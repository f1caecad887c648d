package dev.tandem.gan.data;

import dev.tandem.core.tensor.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The edges of images: white lines on black, to be translated back to images. The change at a pixel
 * is the length of the gradient by Sobel's two filters of 3 × 3 (Sobel, Feldman, A 3x3 isotropic
 * gradient operator for image processing, 1968), of the mean over channels; beyond the border lie
 * the border's pixels again.
 */
public final class Edges {

  /** The response of one filter to a straight step by 1. */
  private static final float STEP = 4;

  private Edges() {}

  /**
   * The edges of images.
   *
   * @param images float32 (n, height, width, channels), −1 for black and 1 for white
   * @param threshold from which change on a pixel is one of an edge, in (0, 1): 1 is that at a
   *     straight border between black and white
   * @return a new float32 array (n, height, width, 1) of −1 and, on edges, 1
   * @throws IllegalArgumentException if images have another type or rank, or the threshold is not
   *     in (0, 1)
   */
  public static INDArray of(INDArray images, double threshold) {
    if (images.rank() != 4 || images.dataType() != DataType.FLOAT) {
      throw new IllegalArgumentException(
          "edges are those of float32 images (n, height, width, channels), got "
              + images.dataType()
              + " "
              + Shape.of(images.shape()));
    }
    if (!(threshold > 0 && threshold < 1)) {
      throw new IllegalArgumentException("threshold of edges is not in (0, 1): " + threshold);
    }
    int height = (int) images.size(1);
    int width = (int) images.size(2);
    float limit = (float) threshold * 2 * STEP;
    INDArray edges = Nd4j.createUninitialized(DataType.FLOAT, shape(images), 'c');
    try (INDArray gray = images.mean(true, 3).dup('c')) {
      FloatBuffer from = FloatMemory.read(gray);
      FloatBuffer to = FloatMemory.write(edges);
      for (int i = 0; i < edges.length(); i++) {
        int x = i % width;
        int y = i / width % height;
        to.put(i, change(from, i - y * width - x, x, y, width, height) > limit ? 1 : -1);
      }
    }
    return edges;
  }

  private static long[] shape(INDArray images) {
    return new long[] {images.size(0), images.size(1), images.size(2), 1};
  }

  private static float change(FloatBuffer pixels, int image, int x, int y, int width, int height) {
    int left = Math.max(x - 1, 0);
    int right = Math.min(x + 1, width - 1);
    int above = image + Math.max(y - 1, 0) * width;
    int here = image + y * width;
    int below = image + Math.min(y + 1, height - 1) * width;
    float across =
        pixels.get(above + right)
            - pixels.get(above + left)
            + 2 * (pixels.get(here + right) - pixels.get(here + left))
            + pixels.get(below + right)
            - pixels.get(below + left);
    float down =
        pixels.get(below + left)
            - pixels.get(above + left)
            + 2 * (pixels.get(below + x) - pixels.get(above + x))
            + pixels.get(below + right)
            - pixels.get(above + right);
    return (float) Math.sqrt(across * across + down * down);
  }
}
