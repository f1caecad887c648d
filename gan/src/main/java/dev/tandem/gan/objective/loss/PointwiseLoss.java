package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import org.jspecify.annotations.Nullable;

/**
 * A loss of each score by itself: mean of {@link #onReal} over real samples and of {@link #onFake}
 * over fakes. Labels of such a loss can be smoothed and flipped ({@link LabelNoise}).
 */
public interface PointwiseLoss extends AdversarialLoss {

  /** The discriminator's loss on scores of real samples, elementwise. */
  Value onReal(Ops ops, Value scores);

  /** The discriminator's loss on scores of fakes, elementwise. */
  Value onFake(Ops ops, Value scores);

  /** The generator's loss on scores of its samples, elementwise. */
  Value forGenerator(Ops ops, Value scores);

  @Override
  default Value discriminator(Ops ops, Value real, Value fake) {
    return ops.add(ops.mean(onReal(ops, real)), ops.mean(onFake(ops, fake)));
  }

  @Override
  default Value generator(Ops ops, @Nullable Value real, Value fake) {
    return ops.mean(forGenerator(ops, fake));
  }
}
