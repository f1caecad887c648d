package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** The mean of each channel: (batch, height, width, channels) to (batch, channels). No weights. */
public final class GlobalAveragePooling2D extends SimpleLayer<GlobalAveragePooling2D> {

  GlobalAveragePooling2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the mean. */
  public static GlobalAveragePooling2D of() {
    return new GlobalAveragePooling2D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().mean(x, false, 1, 2);
  }
}
