package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** An activation as a layer of its own: any shape to the same shape. No weights. */
public final class ActivationLayer extends SimpleLayer<ActivationLayer> {

  private static final Setting<Activation> ACTIVATION = Setting.of("activation", Activation.class);

  ActivationLayer(LayerSettings settings) {
    super(settings);
  }

  /** A layer that applies an activation. */
  public static ActivationLayer of(Activation activation) {
    return new ActivationLayer(LayerSettings.of(ACTIVATION, activation));
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return get(ACTIVATION).apply(forward.ops(), x);
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
