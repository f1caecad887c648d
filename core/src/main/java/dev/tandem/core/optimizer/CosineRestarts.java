package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;

/**
 * Half cosine waves one after another, each from its height to the end (Loshchilov, Hutter, SGDR,
 * ICLR 2017, arXiv:1608.03983). Wave i = 0, 1, … has {@code steps · stretch^i} steps and is {@code
 * (start − end) · shrink^i} high. Keras gives the end as a fraction of the start.
 *
 * @param start the rate of the first step, at least 0
 * @param steps of the first wave
 * @param end the lowest rate, at least 0
 * @param stretch how much longer each wave is than the one before, at least 1
 * @param shrink how much lower each wave is than the one before, above 0
 */
public record CosineRestarts(double start, long steps, double end, double stretch, double shrink)
    implements Schedule {

  /** Checks the numbers. */
  public CosineRestarts {
    Check.notNegative("first learning rate", start);
    Check.positive("decay steps", steps);
    Check.notNegative("last learning rate", end);
    if (!(stretch >= 1) || Double.isInfinite(stretch)) {
      throw new IllegalArgumentException("stretch is not at least 1: " + stretch);
    }
    Check.aboveZero("shrink", shrink);
  }

  /** The same with each wave longer than the one before. */
  public CosineRestarts stretch(double stretch) {
    return new CosineRestarts(start, steps, end, stretch, shrink);
  }

  /** The same with each wave lower than the one before. */
  public CosineRestarts shrink(double shrink) {
    return new CosineRestarts(start, steps, end, stretch, shrink);
  }

  @Override
  public double at(long step) {
    double into = step;
    double length = steps;
    double height = start - end;
    if (stretch == 1) {
      long waves = step / steps;
      into = step - waves * steps;
      height *= Math.pow(shrink, waves);
    }
    while (into >= length) {
      into -= length;
      length *= stretch;
      height *= shrink;
    }
    return end + height * CosineDecay.wave(into / length);
  }
}
