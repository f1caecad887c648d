package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * Transposed convolution: what {@link Conv2D} sends back to its image. (batch, height, width,
 * channels) to (batch, rows, columns, filters). Weights: kernel (kernel height, kernel width,
 * filters, channels), bias (filters).
 *
 * <p>As in Keras an axis of size n becomes, with s for the stride and k for the window's span,
 *
 * <ul>
 *   <li>n · s for {@link Padding#SAME},
 *   <li>n · s + max(k - s, 0) for {@link Padding#VALID},
 *   <li>(n - 1) · s + k - 2p + outputPadding if that is set, with p = ⌊k / 2⌋ for SAME, else 0.
 * </ul>
 */
public final class Conv2DTranspose extends ConvLayer<Conv2DTranspose> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);
  private static final Setting<List<Integer>> OUTPUT_PADDING =
      Setting.integers("outputPadding").called("output padding").checked(Check::noneNegative);

  Conv2DTranspose(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv2DTranspose filters(int filters) {
    return new Conv2DTranspose(LayerSettings.of(FILTERS, filters));
  }

  /** The same number of further rows and columns. */
  public Conv2DTranspose outputPadding(int padding) {
    return outputPadding(padding, padding);
  }

  /** Further rows and columns of the output, fewer than the stride; see above. Unset at first. */
  public Conv2DTranspose outputPadding(int height, int width) {
    return set(OUTPUT_PADDING, List.of(height, width));
  }

  @Override
  protected void build(TensorSpec input) {
    Window window = window();
    long filters = get(FILTERS);
    declare(
        Shape.of(window.height(), window.width(), filters, input.shape().size(-1)),
        filters,
        input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    Window window = window();
    requireLittlePadding(input, window);
    Shape image =
        Shape.of(
            input.size(0),
            size(input.size(1), window.spanHeight(), window.strideHeight(), 0),
            size(input.size(2), window.spanWidth(), window.strideWidth(), 1),
            get(FILTERS));
    Shape back = window.output(this, image, input.size(-1));
    if (!back.equals(input)) {
      throw reject(
          "cannot make " + image + ": a convolution of that would be smaller than its input",
          input,
          "set another outputPadding or none");
    }
    return image;
  }

  private void requireLittlePadding(Shape input, Window window) {
    List<Integer> further = find(OUTPUT_PADDING).orElse(List.of(0, 0));
    if (further.get(0) >= window.strideHeight() || further.get(1) >= window.strideWidth()) {
      throw reject(
          "has an outputPadding that is not below its stride, " + further,
          input,
          "set a smaller one");
    }
  }

  private long size(long size, int span, int stride, int axis) {
    boolean same = get(Window.PADDING) == Padding.SAME;
    return size(size, span, stride, same, find(OUTPUT_PADDING).map(p -> p.get(axis)).orElse(-1));
  }

  /**
   * What an axis becomes.
   *
   * @param further further rows, or -1 where they are not set
   */
  static long size(long size, int span, int stride, boolean same, int further) {
    if (further < 0) {
      return same ? size * stride : size * stride + Math.max(span - stride, 0);
    }
    int border = same ? span / 2 : 0;
    return (size - 1) * stride + span - 2L * border + further;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Shape image = output(x.shape());
    Value y =
        ImageOps.conv2dTranspose(forward.ops(), x, kernel(forward), window().over(image), image);
    return finish(forward, y);
  }
}
