package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;

/** Normal noise on every number. */
record InstanceNoise(double deviation) implements Augmentation {

  InstanceNoise {
    if (!(deviation > 0 && deviation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("deviation of noise is not above 0: " + deviation);
    }
  }

  @Override
  public Value apply(Ops ops, Value samples) {
    return ops.add(samples, ops.scale(RandomOps.normal(ops, samples.spec()), deviation));
  }

  /** The strength scales the deviation. */
  @Override
  public Value apply(Ops ops, Value samples, Value strength) {
    Value noise = ops.scale(RandomOps.normal(ops, samples.spec()), deviation);
    return ops.add(samples, ops.multiply(noise, strength));
  }
}
