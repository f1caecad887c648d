package dev.tandem.core.metric;

/** The standard metrics. */
public final class Metrics {

  private Metrics() {}

  /** The share of predictions that are right, in the sense that the shapes suggest. */
  public static Accuracy accuracy() {
    return new Accuracy();
  }

  /** The share of probabilities on their target's side of 0.5. */
  public static BinaryAccuracy binaryAccuracy() {
    return binaryAccuracy(0.5);
  }

  /** The share of predictions on their target's side of a threshold: 0 for logits. */
  public static BinaryAccuracy binaryAccuracy(double threshold) {
    return new BinaryAccuracy(threshold);
  }

  /** The share of samples whose largest prediction is the right class, against one-hot rows. */
  public static CategoricalAccuracy categoricalAccuracy() {
    return new CategoricalAccuracy();
  }

  /** The share of samples whose largest prediction is the right class, against class numbers. */
  public static SparseCategoricalAccuracy sparseCategoricalAccuracy() {
    return new SparseCategoricalAccuracy();
  }

  /** The share of right classes among the k best, against class numbers or one-hot rows. */
  public static TopK topK(int k) {
    return new TopK(k);
  }

  /** The share of the probabilities above 0.5 that are right. */
  public static BinaryPrecision precision() {
    return precision(0.5);
  }

  /** The share of the predictions above a threshold that are right: 0 for logits. */
  public static BinaryPrecision precision(double threshold) {
    return new BinaryPrecision(threshold);
  }

  /** The share of the targets of yes that have a probability above 0.5. */
  public static BinaryRecall recall() {
    return recall(0.5);
  }

  /** The share of the targets of yes with a prediction above a threshold: 0 for logits. */
  public static BinaryRecall recall(double threshold) {
    return new BinaryRecall(threshold);
  }

  /** The area under the ROC curve, exact. */
  public static Auc auc() {
    return new Auc();
  }

  /** (prediction − target)², averaged. */
  public static Metric meanSquaredError() {
    return new MeanSquaredError();
  }

  /** |prediction − target|, averaged. */
  public static Metric meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /** The root of the mean of (prediction − target)². */
  public static RootMeanSquaredError rootMeanSquaredError() {
    return new RootMeanSquaredError();
  }
}
