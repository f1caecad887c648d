package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Confidences and right answers in bins of confidence. */
final class Calibration implements Metric.Accumulator {

  /** How far rounding may carry a probability out of [0, 1]. */
  private static final double TOLERANCE = 1e-5;

  private final String metric;
  private final boolean logits;
  private final HostBatch batch = new HostBatch();
  private double[] confidences;
  private double[] right;
  private double[] weights;
  private boolean anyNaN;

  Calibration(String metric, int bins, boolean logits) {
    this.metric = metric;
    this.logits = logits;
    confidences = new double[bins];
    right = new double[bins];
    weights = new double[bins];
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Shape targets = Shape.of(target.shape());
    Shape predictions = Shape.of(prediction.shape());
    boolean single = predictions.rank() < 2 || predictions.size(-1) == 1;
    ClassJudge judge = single ? null : ClassJudge.of(metric, 1, targets, predictions);
    Rows rows =
        judge == null
            ? Rows.ofElements(metric, targets, predictions)
            : judge.rows(targets, predictions);
    batch.read(target, prediction, sampleWeights);
    Calibration added = new Calibration(metric, weights.length, logits);
    for (int row = 0; row < rows.samples() * rows.perSample(); row++) {
      double weight = batch.weight(rows, row);
      if (weight == 0) {
        continue;
      }
      if (batch.holdsNaN(rows, row)) {
        added.anyNaN = true;
      } else if (judge == null) {
        added.ofOne(batch.prediction()[row], Threshold.isYes(batch.target()[row]), weight);
      } else {
        int width = rows.predictionWidth();
        int actual = judge.actual(batch.target(), row * rows.targetWidth(), width);
        added.ofClasses(batch.prediction(), row * width, width, actual, weight);
      }
    }
    take(added);
  }

  private void ofOne(double prediction, boolean yes, double weight) {
    double p = logits ? 1 / (1 + Math.exp(-prediction)) : probability(prediction);
    count(Math.max(p, 1 - p), p > 0.5 == yes, weight);
  }

  private void ofClasses(double[] predictions, int from, int width, int actual, double weight) {
    int best = ClassJudge.best(predictions, from, width);
    double most = predictions[from + best];
    double sum = 0;
    for (int i = from; i < from + width; i++) {
      sum += logits ? Math.exp(predictions[i] - most) : probability(predictions[i]);
    }
    count(logits ? 1 / sum : most, best == actual, weight);
  }

  private double probability(double prediction) {
    if (prediction < -TOLERANCE || prediction > 1 + TOLERANCE) {
      throw new IllegalArgumentException(
          metric
              + ": prediction is no probability in [0, 1]: "
              + prediction
              + "; take fromLogits() for logits");
    }
    return prediction;
  }

  private void count(double confidence, boolean isRight, double weight) {
    int bin = (int) Math.ceil(confidence * weights.length) - 1;
    bin = Math.max(0, Math.min(weights.length - 1, bin));
    confidences[bin] += confidence * weight;
    right[bin] += isRight ? weight : 0;
    weights[bin] += weight;
  }

  private void take(Calibration added) {
    anyNaN |= added.anyNaN;
    for (int i = 0; i < weights.length; i++) {
      confidences[i] += added.confidences[i];
      right[i] += added.right[i];
      weights[i] += added.weights[i];
    }
  }

  @Override
  public double result() {
    double all = anyNaN ? Double.NaN : 0;
    double gaps = 0;
    for (int i = 0; i < weights.length; i++) {
      all += weights[i];
      gaps += Math.abs(right[i] - confidences[i]);
    }
    return gaps / all;
  }

  @Override
  public void reset() {
    confidences = new double[weights.length];
    right = new double[weights.length];
    weights = new double[weights.length];
    anyNaN = false;
  }
}
