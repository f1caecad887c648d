package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;

/**
 * A random change of samples before they are judged, through which gradients go. Standard ones are
 * in {@link Augmentations}.
 */
@FunctionalInterface
public interface Augmentation {

  /**
   * The changed samples, new in each step.
   *
   * @param samples (batch, …)
   * @return of the same shape
   */
  Value apply(Ops ops, Value samples);

  /**
   * Samples changed by a strength from 0, which leaves them as they are, to 1. Unless overridden,
   * it is the probability by which each sample is changed.
   *
   * @param samples (batch, …)
   * @param strength a scalar
   * @return of the same shape
   */
  default Value apply(Ops ops, Value samples, Value strength) {
    long[] one = samples.shape().toArray();
    Arrays.fill(one, 1, one.length, 1);
    TensorSpec each = samples.spec().withShape(Shape.of(one));
    Value changed = ops.greater(strength, RandomOps.uniform(ops, each));
    Value kept = ops.shift(ops.negate(changed), 1);
    return ops.add(ops.multiply(changed, apply(ops, samples)), ops.multiply(kept, samples));
  }
}
