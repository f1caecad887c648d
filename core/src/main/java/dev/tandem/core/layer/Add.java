package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** The sum of two or more tensors of one shape; axes of size 1 are repeated. No weights. */
public final class Add extends MergeLayer<Add> {

  Add(LayerSettings settings) {
    super(settings);
  }

  /** A layer that adds. */
  public static Add of() {
    return new Add(LayerSettings.none());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.add(a, b);
  }
}
