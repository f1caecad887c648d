package dev.tandem.core.op.random;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;

/** Random numbers, new in each step. */
public final class RandomOps {

  private RandomOps() {}

  /** New numbers for each step, uniform in [0, 1). Each call is a stream of its own. */
  public static Value uniform(Ops ops, TensorSpec spec) {
    return ops.one(new RandomUniform(ops.stream(), spec));
  }

  /** New numbers for each step, standard normal. Each call is a stream of its own. */
  public static Value normal(Ops ops, TensorSpec spec) {
    return ops.one(new RandomNormal(ops.stream(), spec));
  }
}
