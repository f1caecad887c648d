package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The largest of each channel: (batch, depth, height, width, channels) to (batch, channels). No
 * weights.
 */
public final class GlobalMaxPooling3D extends SimpleLayer<GlobalMaxPooling3D> {

  GlobalMaxPooling3D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the largest. */
  public static GlobalMaxPooling3D of() {
    return new GlobalMaxPooling3D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireRank(input, 5, "(batch, depth, height, width, channels)", "insert a Reshape");
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().max(x, false, 1, 2, 3);
  }
}
