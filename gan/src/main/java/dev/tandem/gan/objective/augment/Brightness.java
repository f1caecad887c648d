package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Each image plus a number that is uniform in [−reach, reach). */
record Brightness(double reach) implements Augmentation {

  @Override
  public Value apply(Ops ops, Value samples) {
    Value unit = Images.uniform(ops, samples);
    return ops.add(samples, ops.scale(ops.shift(unit, -0.5), 2 * reach));
  }
}
