package dev.tandem.gan.objective.augment;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.Objects;

/**
 * Augmentations one after another, of one strength that changes over the training. {@link
 * Augmentations#at} makes them.
 *
 * @param parts in their order
 * @param strength of all of them
 */
public record VaryingAugmentation(ImmutableList<Augmentation> parts, Strength strength)
    implements Augmentation {

  /**
   * Checks the parts.
   *
   * @throws IllegalArgumentException if there are none, or one varies by itself
   */
  public VaryingAugmentation {
    Objects.requireNonNull(strength, "strength");
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("an augmentation of varying strength needs parts");
    }
    for (Augmentation part : parts) {
      if (part instanceof VaryingAugmentation) {
        throw new IllegalArgumentException(
            part + " has a strength of its own; augment the objective by each of the two");
      }
    }
  }

  /** At full strength. */
  @Override
  public Value apply(Ops ops, Value samples) {
    return apply(ops, samples, ops.scalar(1, samples.dtype()));
  }

  @Override
  public Value apply(Ops ops, Value samples, Value strength) {
    Value changed = samples;
    for (Augmentation part : parts) {
      changed = part.apply(ops, changed, strength);
    }
    return changed;
  }
}
