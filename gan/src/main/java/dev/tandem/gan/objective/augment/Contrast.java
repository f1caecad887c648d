package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Each image's distance from its mean, scaled by a factor in [0.5, 1.5). */
record Contrast() implements Augmentation {

  @Override
  public Value apply(Ops ops, Value samples) {
    Value factor = ops.shift(Images.uniform(ops, samples), 0.5);
    Value mean = ops.mean(samples, true, 1, 2, 3);
    return ops.add(mean, ops.multiply(ops.subtract(samples, mean), factor));
  }
}
