package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The largest of each channel: (batch, height, width, channels) to (batch, channels). No weights.
 */
public final class GlobalMaxPooling2D extends SimpleLayer<GlobalMaxPooling2D> {

  GlobalMaxPooling2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the largest. */
  public static GlobalMaxPooling2D of() {
    return new GlobalMaxPooling2D(LayerSettings.none());
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
