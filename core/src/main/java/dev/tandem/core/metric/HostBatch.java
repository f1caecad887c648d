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

  /** Copies a batch whose shapes fit. */
  void read(INDArray targets, INDArray predictions, @Nullable INDArray sampleWeights) {
    if (sampleWeights != null && sampleWeights.length() != predictions.size(0)) {
      throw new IllegalArgumentException(
          "sample weights are not "
              + Shape.of(predictions.size(0))
              + ": "
              + Shape.of(sampleWeights.shape()));
    }
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

  double weight(int sample) {
    return weighted ? weights[sample] : 1;
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
