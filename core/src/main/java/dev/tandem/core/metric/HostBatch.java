package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One batch on the JVM. Its arrays are used again for the next one. */
final class HostBatch {

  private static final double[] NONE = {};

  private double[] target = NONE;
  private double[] prediction = NONE;
  private double[] weights = NONE;
  private boolean weighted;
  private int perSample = 1;

  /** Copies a batch whose shapes fit. */
  void read(INDArray targets, INDArray predictions, @Nullable INDArray sampleWeights) {
    boolean stepped = sampleWeights != null && isOfSteps(sampleWeights, predictions);
    if (sampleWeights != null && !stepped && sampleWeights.length() != predictions.size(0)) {
      throw new IllegalArgumentException(
          "sample weights are not "
              + Shape.of(predictions.size(0))
              + (predictions.rank() > 2
                  ? ", or of steps " + Shape.of(predictions.size(0), predictions.size(1))
                  : "")
              + ": "
              + Shape.of(sampleWeights.shape()));
    }
    perSample = stepped ? Math.toIntExact(predictions.size(1)) : 1;
    target = HostNumbers.read(targets, target);
    prediction = HostNumbers.read(predictions, prediction);
    weighted = sampleWeights != null;
    if (sampleWeights != null) {
      weights = HostNumbers.read(sampleWeights, weights);
    }
  }

  double[] target() {
    return target;
  }

  double[] prediction() {
    return prediction;
  }

  private static boolean isOfSteps(INDArray weights, INDArray predictions) {
    return weights.rank() == 2
        && predictions.rank() > 2
        && weights.size(0) == predictions.size(0)
        && weights.size(1) == predictions.size(1);
  }

  /** Whether each step of a sample has a weight of its own. */
  boolean isStepped() {
    return perSample > 1;
  }

  /** The weight of a sample that has one. */
  double weight(int sample) {
    return weighted ? weights[sample] : 1;
  }

  /** The weight of a row: that of its sample, or of its step. */
  double weight(Rows rows, int row) {
    return weight(row / (rows.perSample() / perSample));
  }

  /** Whether a row's prediction or target is NaN somewhere. */
  boolean holdsNaN(Rows rows, int row) {
    return holdsNaN(prediction, row, rows.predictionWidth())
        || holdsNaN(target, row, rows.targetWidth());
  }

  private static boolean holdsNaN(double[] numbers, int row, int width) {
    for (int i = row * width; i < (row + 1) * width; i++) {
      if (Double.isNaN(numbers[i])) {
        return true;
      }
    }
    return false;
  }
}
