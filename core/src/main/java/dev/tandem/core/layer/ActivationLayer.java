package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** An activation as a layer of its own: any shape to the same shape. No weights. */
public final class ActivationLayer extends SimpleLayer<ActivationLayer> {

  ActivationLayer(Config config) {
    super(config);
  }

  /** A layer that applies an activation. */
  public static ActivationLayer of(Activation activation) {
    return new ActivationLayer(Config.empty().with("activation", activation));
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return config().find("activation", Activation.class).orElseThrow().apply(forward.ops(), x);
  }
}
