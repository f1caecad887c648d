package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** All axes behind the batch as one: (batch, 7, 7, 64) to (batch, 3136). No weights. */
public final class Flatten extends SimpleLayer<Flatten> {

  Flatten(LayerSettings settings) {
    super(settings);
  }

  /** A layer that flattens. */
  public static Flatten of() {
    return new Flatten(LayerSettings.none());
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    if (input.rank() == 0) {
      throw reject("expects samples (batch, …)", input, "give it a batch");
    }
    return Shape.of(input.size(0), input.sample().length());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().reshape(x, output(x.shape()));
  }
}
