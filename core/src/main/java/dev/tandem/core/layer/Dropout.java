package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/**
 * In training steps sets elements to 0 at random and divides the others by 1 - rate (Srivastava et
 * al., JMLR 15, 2014); otherwise does nothing. Any shape to the same shape. No weights.
 */
public final class Dropout extends SimpleLayer<Dropout> {

  static final Setting<Double> RATE =
      Setting.number("rate").called("dropout rate").otherwise(0.0).checked(Check::fraction);

  Dropout(LayerSettings settings) {
    super(settings);
  }

  /** A layer that drops this part of the elements, in [0, 1). */
  public static Dropout rate(double rate) {
    return new Dropout(LayerSettings.of(RATE, rate));
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return drop(forward, x, get(RATE), x.shape());
  }

  /** Drops from x in training steps, for each element of a mask (batch, …) that broadcasts to x. */
  static Value drop(LayerCall forward, Value x, double rate, Shape mask) {
    if (!forward.isTraining() || rate == 0) {
      return x;
    }
    Ops ops = forward.ops();
    Value kept = ops.step(ops.shift(RandomOps.uniform(ops, x.spec().withShape(mask)), -rate));
    return ops.multiply(x, ops.scale(kept, 1 / (1 - rate)));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
