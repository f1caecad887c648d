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

  /** The harmonic mean of precision and recall of the probabilities above 0.5. */
  public static BinaryF1 f1() {
    return f1(0.5);
  }

  /** The harmonic mean of precision and recall of predictions above a threshold: 0 for logits. */
  public static BinaryF1 f1(double threshold) {
    return new BinaryF1(threshold);
  }

  /** An average over classes of the share of what was predicted as each that is of it. */
  public static ClassScore precision(Averaging averaging) {
    return new ClassScore(ClassScore.Kind.PRECISION, averaging);
  }

  /** An average over classes of the share of each that was found. */
  public static ClassScore recall(Averaging averaging) {
    return new ClassScore(ClassScore.Kind.RECALL, averaging);
  }

  /** An average over classes of the harmonic mean of precision and recall. */
  public static ClassScore f1(Averaging averaging) {
    return new ClassScore(ClassScore.Kind.F1, averaging);
  }

  /** Of what was predicted as one class of several, the share that is of it. */
  public static ScoreOfClass precisionOfClass(int number) {
    return new ScoreOfClass(ClassScore.Kind.PRECISION, number);
  }

  /** Of what is of one class of several, the share that was found. */
  public static ScoreOfClass recallOfClass(int number) {
    return new ScoreOfClass(ClassScore.Kind.RECALL, number);
  }

  /** The harmonic mean of precision and recall of one class of several. */
  public static ScoreOfClass f1OfClass(int number) {
    return new ScoreOfClass(ClassScore.Kind.F1, number);
  }

  /** The area under the ROC curve, exact. */
  public static Auc auc() {
    return new Auc();
  }

  /** The area under the curve of precision over recall, as average precision, exact. */
  public static PrAuc prAuc() {
    return new PrAuc();
  }

  /** How far confidence is from being right, over 15 bins of probabilities, or of logits. */
  public static ExpectedCalibrationError expectedCalibrationError() {
    return new ExpectedCalibrationError(15, false);
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

  /** 100 · |prediction − target| / |target|, averaged. */
  public static Metric meanAbsolutePercentageError() {
    return new MeanAbsolutePercentageError();
  }

  /** R², the coefficient of determination, over all samples. */
  public static RSquared rSquared() {
    return new RSquared();
  }
}
