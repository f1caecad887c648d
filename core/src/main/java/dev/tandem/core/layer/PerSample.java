package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;

/** Numbers for the channels of each sample. */
final class PerSample {

  private PerSample() {}

  /** (batch, channels) as (batch, 1, …, 1, channels), to broadcast to x (batch, …, channels). */
  static Value everywhere(Ops ops, Value numbers, Value x) {
    Shape shape = x.shape();
    for (int axis = 1; axis < shape.rank() - 1; axis++) {
      shape = shape.with(axis, 1);
    }
    return ops.reshape(numbers, shape.with(-1, numbers.shape().size(-1)));
  }
}
