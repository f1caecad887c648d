package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The mean of each channel: (batch, depth, height, width, channels) to (batch, channels). No
 * weights.
 */
public final class GlobalAveragePooling3D extends SimpleLayer<GlobalAveragePooling3D> {

  GlobalAveragePooling3D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the mean. */
  public static GlobalAveragePooling3D of() {
    return new GlobalAveragePooling3D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 5, "(batch, depth, height, width, channels)", "insert a Reshape");
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().mean(x, false, 1, 2, 3);
  }
}
