package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * The mean of two or more tensors of one shape, element by element; axes of size 1 are repeated. No
 * weights.
 */
public final class Average extends MergeLayer<Average> {

  Average(LayerSettings settings) {
    super(settings);
  }

  /** A layer that averages. */
  public static Average of() {
    return new Average(LayerSettings.none());
  }

  @Override
  Value merge(Ops ops, Value a, Value b) {
    return ops.add(a, b);
  }

  @Override
  Value finish(Ops ops, Value merged, int count) {
    return ops.scale(merged, 1.0 / count);
  }
}
