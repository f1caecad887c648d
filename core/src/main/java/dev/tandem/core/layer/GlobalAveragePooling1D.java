package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The mean of each channel over all steps: (batch, steps, channels) to (batch, channels). No
 * weights.
 */
public final class GlobalAveragePooling1D extends SimpleLayer<GlobalAveragePooling1D> {

  GlobalAveragePooling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the mean. */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().mean(x, false, 1);
  }
}
