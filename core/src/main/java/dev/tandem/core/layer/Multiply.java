package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * The product of two or more tensors of one shape, element by element; axes of size 1 are repeated.
 * No weights.
 */
public final class Multiply extends MergeLayer<Multiply> {

  Multiply(LayerSettings settings) {
    super(settings);
  }

  /** A layer that multiplies. */
  public static Multiply of() {
    return new Multiply(LayerSettings.none());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.multiply(a, b);
  }
}
