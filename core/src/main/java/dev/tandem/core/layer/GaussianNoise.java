package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/**
 * In training steps adds normal numbers around 0; otherwise does nothing. Any shape to the same
 * shape. No weights.
 */
public final class GaussianNoise extends SimpleLayer<GaussianNoise> {

  private static final Setting<Double> DEVIATION =
      Setting.number("deviation")
          .called("noise deviation")
          .otherwise(0.0)
          .checked(Check::notNegative);

  GaussianNoise(LayerSettings settings) {
    super(settings);
  }

  /** A layer that adds numbers of this standard deviation, at least 0. */
  public static GaussianNoise deviation(double deviation) {
    return new GaussianNoise(LayerSettings.of(DEVIATION, deviation));
  }

  @Override
  protected Shape output(Shape input) {
    return input;
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    double deviation = get(DEVIATION);
    if (!forward.isTraining() || deviation == 0) {
      return x;
    }
    Ops ops = forward.ops();
    return ops.add(x, ops.scale(RandomOps.normal(ops, x.spec()), deviation));
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
