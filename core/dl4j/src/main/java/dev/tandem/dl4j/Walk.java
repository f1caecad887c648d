package dev.tandem.dl4j;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.ZeroPadding2D;
import java.util.List;

/**
 * The way of a window over an image as DL4J sets it.
 *
 * @param kernel rows and columns
 * @param stride down and right
 * @param padding rows above and below, columns to the left and right; unless {@code same}
 * @param dilation between rows and columns
 * @param same whether the border is such that ⌈size / stride⌉ windows fit
 */
record Walk(
    List<Integer> kernel,
    List<Integer> stride,
    List<Integer> padding,
    List<Integer> dilation,
    boolean same) {

  static Walk of(Section conf) {
    String mode = conf.text("convolutionMode", "Truncate");
    if (!List.of("Truncate", "Strict", "Same").contains(mode)) {
      conf.problem(
          "its convolution mode is " + mode + "; images have Truncate, Strict and Same here");
    }
    return new Walk(
        two(conf, "kernelSize", 1),
        two(conf, "stride", 1),
        two(conf, "padding", 0),
        conf.has("dilation") ? two(conf, "dilation", 1) : List.of(1, 1),
        mode.equals("Same"));
  }

  private static List<Integer> two(Section conf, String key, int smallest) {
    int[] numbers = conf.integers(key, 2, smallest);
    return List.of(numbers[0], numbers[1]);
  }

  boolean isPadded() {
    return !same && (padding.get(0) > 0 || padding.get(1) > 0);
  }

  Padding mode() {
    return same ? Padding.SAME : Padding.VALID;
  }

  /** The image with zeros around it, where DL4J pads by a number. */
  SymbolicTensor padded(Site site, SymbolicTensor image) {
    return isPadded()
        ? site.helper("padding", ZeroPadding2D.of(padding.get(0), padding.get(1))).apply(image)
        : image;
  }
}
