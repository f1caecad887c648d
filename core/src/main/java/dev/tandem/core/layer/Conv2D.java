package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Convolution of images: {@code activation(conv(x, kernel) + bias)}, (batch, height, width,
 * channels) to (batch, rows, columns, filters) with rows and columns by {@link Padding}. Weights:
 * kernel (kernel height, kernel width, channels, filters), bias (filters).
 */
public final class Conv2D extends ConvLayer<Conv2D> {

  private static final Setting<Integer> FILTERS =
      Setting.integer("filters").checked(Check::positive);

  Conv2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many output channels, at least 1; set its {@code kernel} too. */
  public static Conv2D filters(int filters) {
    return new Conv2D(LayerSettings.of(FILTERS, filters));
  }

  @Override
  protected void build(TensorSpec input) {
    Window window = window();
    long filters = get(FILTERS);
    declare(
        Shape.of(window.height(), window.width(), input.shape().size(-1), filters),
        filters,
        input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return window().output(this, input, get(FILTERS));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Value y = ImageOps.conv2d(forward.ops(), x, kernel(forward), window().over(x.shape()));
    return finish(forward, y);
  }
}
