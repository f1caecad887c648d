package dev.tandem.gan.objective;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

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
}
