package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Each pixel's distance from the mean of its channels, scaled by a factor in [0, 2). */
record Saturation() implements Augmentation {

  @Override
  public Value apply(Ops ops, Value samples) {
    Value factor = ops.scale(Images.uniform(ops, samples), 2);
    Value gray = ops.mean(samples, true, 3);
    return ops.add(gray, ops.multiply(ops.subtract(samples, gray), factor));
  }
}
