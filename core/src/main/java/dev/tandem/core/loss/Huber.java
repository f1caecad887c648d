package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * With the error e = prediction − target, e² / 2 where |e| ≤ delta and delta · |e| − delta² / 2
 * beyond, averaged (Huber, Annals of Mathematical Statistics 35, 1964).
 *
 * @param delta where the parabola ends, above 0; 1 unless set
 */
public record Huber(double delta) implements Loss {

  /** Checks where the parabola ends. */
  public Huber {
    if (!(delta > 0) || Double.isInfinite(delta)) {
      throw new IllegalArgumentException("Huber delta is not above 0: " + delta);
    }
  }

  /** The error held between −delta and delta is c, and the loss c · (e − c / 2). */
  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value error = ops.subtract(prediction, target);
    Value held = ops.clip(error, -delta, delta);
    Value loss = ops.multiply(held, ops.subtract(error, ops.scale(held, 0.5)));
    return Samples.mean(ops, loss);
  }
}
