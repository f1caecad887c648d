package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * The product of two or more tensors of one shape, element by element; axes of size 1 are repeated.
 * No weights.
 */
public final class Multiply extends MergeLayer<Multiply> {

  Multiply(Config config) {
    super(config);
  }

  /** A layer that multiplies. */
  public static Multiply layer() {
    return new Multiply(Config.empty());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.multiply(a, b);
  }
}
