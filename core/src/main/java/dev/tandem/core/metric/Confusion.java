package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Counts of right and wrong answers by weight. */
final class Confusion implements Metric.Accumulator {

  /** The counts beside right answers. */
  enum Against {
    /** Predictions that say yes. */
    PREDICTED,
    /** Targets that say yes. */
    ACTUAL,
    /** The mean of both. */
    BOTH;

    double count(boolean predicted, boolean actual) {
      return switch (this) {
        case PREDICTED -> predicted ? 1 : 0;
        case ACTUAL -> actual ? 1 : 0;
        case BOTH -> (predicted ? 0.5 : 0) + (actual ? 0.5 : 0);
      };
    }
  }

  private final String metric;
  private final double threshold;
  private final Against against;
  private final HostBatch batch = new HostBatch();
  private double right;
  private double all;
  private boolean empty = true;
  private boolean anyNaN;

  Confusion(String metric, double threshold, Against against) {
    this.metric = metric;
    this.threshold = threshold;
    this.against = against;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Rows rows = Rows.ofElements(metric, Shape.of(target.shape()), Shape.of(prediction.shape()));
    batch.read(target, prediction, sampleWeights);
    for (int i = 0; i < rows.samples() * rows.perSample(); i++) {
      boolean predicted = batch.prediction()[i] > threshold;
      boolean actual = Threshold.isYes(batch.target()[i]);
      double weight = batch.weight(rows, i);
      if (weight == 0) {
        empty = false;
        continue;
      }
      anyNaN |= Double.isNaN(batch.prediction()[i]) || Double.isNaN(batch.target()[i]);
      if (predicted && actual) {
        right += weight;
      }
      all += weight * against.count(predicted, actual);
      empty = false;
    }
  }

  /** 0 where there was nothing to be right about, as in Keras. */
  @Override
  public double result() {
    if (empty || anyNaN) {
      return Double.NaN;
    }
    return all == 0 ? 0 : right / all;
  }

  @Override
  public void reset() {
    right = 0;
    all = 0;
    anyNaN = false;
    empty = true;
  }
}
