package dev.tandem.gan.objective.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Noise on the labels that the discriminator is told. A real sample counts as a fake with weight
 * {@code smoothing} (one-sided, Salimans et al., 2016, arXiv:1606.03498: for a cross entropy the
 * target is {@code 1 − smoothing}), and with probability {@code flipping} a sample's label is the
 * other one, sampled anew in each step.
 *
 * @param smoothing in [0, 1)
 * @param flipping in [0, 1)
 */
public record LabelNoise(double smoothing, double flipping) {

  /** Checks the numbers. */
  public LabelNoise {
    requireFraction("smoothing", smoothing);
    requireFraction("flipping", flipping);
  }

  private static void requireFraction(String name, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException("label " + name + " is not in [0, 1): " + value);
    }
  }

  /** No noise: the truth. */
  public static LabelNoise none() {
    return new LabelNoise(0, 0);
  }

  /** Whether labels are the truth. */
  public boolean isNone() {
    return smoothing == 0 && flipping == 0;
  }

  /** The discriminator's loss with these labels, a scalar. */
  public Value discriminator(Ops ops, PointwiseLoss loss, Value real, Value fake) {
    Value onReal =
        mixed(ops, loss.onReal(ops, real), loss.onFake(ops, real), share(ops, real, smoothing));
    Value onFake = mixed(ops, loss.onFake(ops, fake), loss.onReal(ops, fake), share(ops, fake, 0));
    return ops.add(ops.mean(onReal), ops.mean(onFake));
  }

  /** The share of the other label in each sample's: (batch, 1, …). */
  private Value share(Ops ops, Value scores, double base) {
    Shape rows = Shape.of(scores.shape().size(0));
    while (rows.rank() < scores.rank()) {
      rows = rows.append(1);
    }
    TensorSpec spec = scores.spec().withShape(rows);
    if (flipping == 0) {
      return ops.fill(base, spec);
    }
    Value flipped = ops.greater(ops.fill(flipping, spec), RandomOps.uniform(ops, spec));
    return ops.shift(ops.scale(ops.cast(flipped, spec.dtype()), 1 - base), base);
  }

  private static Value mixed(Ops ops, Value own, Value other, Value share) {
    return ops.add(own, ops.multiply(share, ops.subtract(other, own)));
  }
}
