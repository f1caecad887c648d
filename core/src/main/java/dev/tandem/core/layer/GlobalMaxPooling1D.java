package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * The largest of each channel over all steps: (batch, steps, channels) to (batch, channels). No
 * weights.
 */
public final class GlobalMaxPooling1D extends SimpleLayer<GlobalMaxPooling1D> {

  GlobalMaxPooling1D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the largest. */
  public static GlobalMaxPooling1D of() {
    return new GlobalMaxPooling1D(LayerSettings.none());
  }

  @Override
  protected Shape output(Shape input) {
    requireSteps(input);
    return Shape.of(input.size(0), input.size(-1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().max(x, false, 1);
  }
}
