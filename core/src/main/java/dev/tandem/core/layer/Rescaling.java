package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/**
 * {@code x · scale + offset}, as in {@code Rescaling.scale(1 / 127.5).offset(-1)} for pixels of 0
 * to 255: any float input to the same shape. No weights.
 */
public final class Rescaling extends SimpleLayer<Rescaling> {

  private static final Setting<Double> SCALE =
      Setting.number("scale").checked(Rescaling::requireFinite);
  private static final Setting<Double> OFFSET =
      Setting.number("offset").otherwise(0.0).checked(Rescaling::requireFinite);

  Rescaling(LayerSettings settings) {
    super(settings);
  }

  /** A layer that multiplies by a number. */
  public static Rescaling scale(double scale) {
    return new Rescaling(LayerSettings.of(SCALE, scale));
  }

  /** What is added then; 0 unless set. */
  public Rescaling offset(double offset) {
    return set(OFFSET, offset);
  }

  private static void requireFinite(String what, double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(what + " is not finite: " + number);
    }
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return forward.ops().shift(forward.ops().scale(x, get(SCALE)), get(OFFSET));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
