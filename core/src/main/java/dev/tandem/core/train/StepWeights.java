package dev.tandem.core.train;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights of samples, or of the steps of their sequences. */
final class StepWeights {

  private StepWeights() {}

  /**
   * Weights of samples or steps in which steps that do not count weigh 0; null for ones.
   *
   * @param weights (batch) or (batch, steps), or null for ones
   * @param mask (batch, steps), or null if all count
   */
  static @Nullable INDArray of(@Nullable INDArray weights, @Nullable INDArray mask) {
    if (weights == null || mask == null) {
      return weights == null ? mask : weights;
    }
    INDArray same = weights.castTo(mask.dataType());
    return weights.rank() == 2 ? mask.mul(same) : mask.mulColumnVector(same.reshape(-1, 1));
  }

  /**
   * A target as rows that have a weight each.
   *
   * @param target (batch, …)
   * @param weights (batch), or (batch, steps) for targets (batch, steps, …)
   * @return (rows, …), a view or a copy; the target itself where weights do not fit it
   */
  static INDArray rows(INDArray target, INDArray weights) {
    long[] sizes = target.shape();
    boolean stepped =
        weights.rank() == 2
            && sizes.length > 1
            && sizes[0] == weights.size(0)
            && sizes[1] == weights.size(1);
    if (!stepped) {
      return target;
    }
    long[] rows = new long[sizes.length - 1];
    System.arraycopy(sizes, 1, rows, 0, rows.length);
    rows[0] = sizes[0] * sizes[1];
    return target.reshape('c', rows);
  }
}
