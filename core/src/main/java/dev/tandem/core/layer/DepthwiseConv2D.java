package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Convolution of each channel by itself: (batch, height, width, channels) to (batch, rows, columns,
 * channels · multiplier) with rows and columns by {@link Padding}; output channel {@code c ·
 * multiplier + m} comes from input channel c. Weights: kernel (kernel height, kernel width,
 * channels, multiplier), bias (channels · multiplier).
 */
public final class DepthwiseConv2D extends ConvLayer<DepthwiseConv2D> {

  private static final Setting<Integer> MULTIPLIER =
      Setting.integer("multiplier").checked(Check::positive);

  DepthwiseConv2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer with this many outputs for each channel, at least 1; set its {@code kernel} too. */
  public static DepthwiseConv2D multiplier(int multiplier) {
    return new DepthwiseConv2D(LayerSettings.of(MULTIPLIER, multiplier));
  }

  @Override
  protected void build(TensorSpec input) {
    Window window = window();
    long channels = input.shape().size(-1);
    long multiplier = get(MULTIPLIER);
    declare(
        Shape.of(window.height(), window.width(), channels, multiplier),
        channels * multiplier,
        input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return window().output(this, input, input.size(-1) * get(MULTIPLIER));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Value y = ImageOps.depthwiseConv2d(forward.ops(), x, kernel(forward), window().over(x.shape()));
    return finish(forward, y);
  }
}
