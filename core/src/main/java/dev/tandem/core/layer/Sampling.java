package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/** Specs of random tensors. */
final class Sampling {

  private Sampling() {}

  /** A row of the given sizes for each sample of a batch. */
  static TensorSpec spec(Value like, long... sample) {
    return like.spec().withShape(Shape.of(sample).prepend(like.shape().size(0)));
  }
}
