package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Mean 0 and variance 1 within groups of channels. */
final class Groups {

  private Groups() {}

  /** Each sample's groups of neighbouring channels, over all places: the shape of x. */
  static Value normalized(Ops ops, Value x, long groups, double epsilon) {
    long batch = x.shape().size(0);
    long channels = x.shape().size(-1);
    long places = x.shape().length() / batch / channels;
    Value grouped = ops.reshape(x, batch, places, groups, channels / groups);
    Value centered = ops.subtract(grouped, ops.mean(grouped, true, 1, 3));
    Value variance = ops.mean(ops.square(centered), true, 1, 3);
    Value inverse = ops.power(ops.shift(variance, epsilon), -0.5);
    return ops.reshape(ops.multiply(centered, inverse), x.shape());
  }
}
