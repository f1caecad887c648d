package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * The largest of two or more tensors of one shape, element by element; axes of size 1 are repeated.
 * No weights.
 */
public final class Maximum extends MergeLayer<Maximum> {

  Maximum(Config config) {
    super(config);
  }

  /** A layer that takes the largest. */
  public static Maximum layer() {
    return new Maximum(Config.empty());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.maximum(a, b);
  }
}
