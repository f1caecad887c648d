package dev.tandem.core.metric;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A judgement of predictions. Standard ones are in {@code Metrics}. */
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
     * @param target (batch, …), 'c' order
     * @param prediction (batch, …), 'c' order
     * @param sampleWeights (batch), or null for ones
     */
    void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights);

    /** The metric over everything added; NaN over nothing. */
    double result();

    /** Forgets everything. */
    void reset();
  }
}
