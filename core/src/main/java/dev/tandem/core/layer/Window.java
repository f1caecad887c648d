package dev.tandem.core.layer;

import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * The window of a convolution or a pooling, as its layer was configured.
 *
 * @param height rows
 * @param width columns
 * @param strideHeight rows per step
 * @param strideWidth columns per step
 * @param dilationHeight rows from one row of the window to its next
 * @param dilationWidth columns from one column of the window to its next
 * @param padding what happens at the border
 */
record Window(
    int height,
    int width,
    int strideHeight,
    int strideWidth,
    int dilationHeight,
    int dilationWidth,
    Padding padding) {

  static final Setting<List<Integer>> KERNEL =
      Setting.integers("kernel").called("kernel size").checked(Check::allPositive);
  static final Setting<List<Integer>> WINDOW =
      Setting.integers("window").called("pool window").checked(Check::allPositive);
  static final Setting<List<Integer>> STRIDE =
      Setting.integers("stride").checked(Check::allPositive);
  static final Setting<List<Integer>> DILATION =
      Setting.integers("dilation").otherwise(List.of(1, 1)).checked(Check::allPositive);
  static final Setting<Padding> PADDING =
      Setting.of("padding", Padding.class)
          .otherwise(Padding.VALID)
          .checked(Padding::requireTimeless);

  /**
   * A kernel's window: strides and dilations are 1 and nothing is padded unless set.
   *
   * @throws IllegalStateException if the layer has no kernel size
   */
  static Window ofKernel(StandardLayer<?> layer) {
    LayerSettings settings = layer.settings();
    if (settings.find(KERNEL).isEmpty()) {
      throw new IllegalStateException(
          layer + " has no kernel size; set it with kernel(...) before its first call");
    }
    return of(settings, settings.get(KERNEL), List.of(1, 1));
  }

  /** A pooling window: it steps by its own size and nothing is padded unless set. */
  static Window ofPool(LayerSettings settings) {
    List<Integer> size = settings.get(WINDOW);
    return of(settings, size, size);
  }

  private static Window of(LayerSettings settings, List<Integer> size, List<Integer> otherStride) {
    List<Integer> stride = settings.find(STRIDE).orElse(otherStride);
    List<Integer> dilation = settings.get(DILATION);
    return new Window(
        size.get(0),
        size.get(1),
        stride.get(0),
        stride.get(1),
        dilation.get(0),
        dilation.get(1),
        settings.get(PADDING));
  }

  /** The walk over an image (batch, height, width, channels). */
  ConvGeometry over(Shape image) {
    return padding.over(image, this);
  }

  /** The rows from the window's first to its last. */
  int spanHeight() {
    return (height - 1) * dilationHeight + 1;
  }

  /** The columns from the window's first to its last. */
  int spanWidth() {
    return (width - 1) * dilationWidth + 1;
  }

  /** The shape of one number per window and channel. */
  Shape output(Layer layer, Shape image, long channels) {
    boolean fits = spanHeight() <= image.size(1) && spanWidth() <= image.size(2);
    if (padding == Padding.VALID && !fits) {
      throw layer.reject(
          "needs images of at least " + spanHeight() + " x " + spanWidth() + ", its window",
          image,
          "choose a smaller window or padding(SAME)");
    }
    ConvGeometry geometry = over(image);
    return Shape.of(
        image.size(0),
        geometry.outputHeight(image.size(1), height),
        geometry.outputWidth(image.size(2), width),
        channels);
  }
}
