package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The largest of each channel: (batch, height, width, channels) to (batch, channels). No weights.
 */
public final class GlobalMaxPooling2D extends SimpleLayer<GlobalMaxPooling2D> {

  GlobalMaxPooling2D(Config config) {
    super(config);
  }

  /** A layer that takes the largest. */
  public static GlobalMaxPooling2D layer() {
    return new GlobalMaxPooling2D(Config.empty());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().max(x, false, 1, 2);
  }
}
