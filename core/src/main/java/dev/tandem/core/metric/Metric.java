package dev.tandem.core.metric;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A judgment of predictions; NaN if a prediction or a target is NaN in a sample whose weight is not
 * 0. Standard ones are in {@link Metrics}; only those can be written to files.
 */
public interface Metric {

  /** The name in logs and histories, as in {@code accuracy}. */
  String name();

  /** A new, empty accumulator. */
  Accumulator accumulator();

  /** Collects batches. */
  interface Accumulator {

    /**
     * Adds a batch.
     *
     * @param target (batch, …), of any number type
     * @param prediction (batch, …)
     * @param sampleWeights (batch), or (batch, steps) for predictions (batch, steps, …) whose steps
     *     do not all count alike, or null for ones
     * @throws IllegalArgumentException if the shapes do not fit; nothing is added
     */
    void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights);

    /** The metric over everything added; NaN over nothing. */
    double result();

    /** Forgets everything. */
    void reset();
  }
}
