package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Convolution of each channel by itself: (batch, height, width, channels) to (batch, rows, columns,
 * channels · multiplier) with rows and columns by {@link Padding}; output channel {@code c ·
 * multiplier + m} comes from input channel c. Weights: kernel (kernel height, kernel width,
 * channels, multiplier), bias (channels · multiplier).
 */
public final class DepthwiseConv2D extends ConvLayer<DepthwiseConv2D> {

  DepthwiseConv2D(Config config) {
    super(config);
  }

  /** A layer with this many outputs for each channel, at least 1; set its {@code kernel} too. */
  public static DepthwiseConv2D multiplier(int multiplier) {
    return new DepthwiseConv2D(
        Config.empty().with("multiplier", Check.positive("multiplier", multiplier)));
  }

  @Override
  protected void build(TensorSpec input) {
    Window window = window();
    long channels = input.shape().size(-1);
    long multiplier = config().integer("multiplier");
    declare(
        Shape.of(window.height(), window.width(), channels, multiplier),
        channels * multiplier,
        input.dtype());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return window().output(this, input, input.size(-1) * config().integer("multiplier"));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Value y = ImageOps.depthwiseConv2d(forward.ops(), x, kernel(forward), window().over(x.shape()));
    return finish(forward, y);
  }
}
