package dev.tandem.core.op;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Marks of NaN for ops that look for extremes: SameDiff's own return one of their operands where
 * the other is NaN, and pass over it in a reduction.
 */
public final class NanMark {

  private NanMark() {}

  /** 0 for numbers and infinities, NaN for NaN. */
  public static SDVariable of(SDVariable x) {
    // relu returns NaN for NaN
    return x.getSameDiff().nn().relu(x.getSameDiff().math().abs(x).neg(), 0);
  }
}
