package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * The largest of two or more tensors of one shape, element by element; axes of size 1 are repeated.
 * No weights.
 */
public final class Maximum extends MergeLayer<Maximum> {

  Maximum(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes the largest. */
  public static Maximum of() {
    return new Maximum(LayerSettings.none());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.maximum(a, b);
  }
}
