package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** The square of {@link Hinge}'s {@code max(1 − target · prediction, 0)}, averaged. */
public record SquaredHinge() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(ops, ops.square(ops.relu(Signs.missing(ops, prediction, target))));
  }
}
