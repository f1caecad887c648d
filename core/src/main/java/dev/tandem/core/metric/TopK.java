package dev.tandem.core.metric;

import java.util.function.DoubleUnaryOperator;

/**
 * The share of samples whose right class is among the k largest predictions along the last axis,
 * (batch, …, classes); with equal ones at the border all of them are among. Targets are class
 * numbers or one-hot rows, as their shape says. Predictions of fewer than k classes are refused.
 *
 * @param k at least 1
 */
public record TopK(int k) implements Metric {

  /** Checks k. */
  public TopK {
    if (k < 1) {
      throw new IllegalArgumentException("k is not at least 1: " + k);
    }
  }

  /** As in {@code top_5_accuracy}. */
  @Override
  public String name() {
    return "top_" + k + "_accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(
        (target, prediction) -> ClassJudge.of(name(), k, target, prediction),
        DoubleUnaryOperator.identity());
  }
}
