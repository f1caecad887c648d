package dev.tandem.core.optimizer;

import dev.tandem.core.tensor.Check;

/**
 * Half a cosine wave from start to end: {@code end + (start − end) · (1 + cos(π · step / steps)) /
 * 2}, and {@code end} from step {@code steps} on (Loshchilov, Hutter, SGDR, ICLR 2017,
 * arXiv:1608.03983). Keras gives the end as a fraction of the start.
 *
 * @param start the rate of the first step, at least 0
 * @param steps when the end is reached
 * @param end the last rate, at least 0
 */
public record CosineDecay(double start, long steps, double end) implements Schedule {

  /** Checks the numbers. */
  public CosineDecay {
    Check.notNegative("first learning rate", start);
    Check.positive("decay steps", steps);
    Check.notNegative("last learning rate", end);
  }

  @Override
  public double at(long step) {
    return end + (start - end) * wave((double) Math.min(step, steps) / steps);
  }

  /** 1 at 0, 0 at 1. */
  static double wave(double fraction) {
    return (1 + Math.cos(Math.PI * fraction)) / 2;
  }
}
