package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The counts of samples by their class and by the class that was predicted, with what is said of
 * each class: {@code ConfusionMatrix.of(target, prediction).report("cat", "dog")}. Batches may be
 * added one by one, or by {@code trainer.evaluate(data, batchSize, Map.of("label", matrix))}.
 *
 * <p>The largest prediction along the last axis, (batch, …, classes), says the class, the first of
 * equal ones; so probabilities and logits will both do. Targets are class numbers (batch, …) or
 * one-hot rows (batch, …, classes). Of one prediction for each target there are two classes, no and
 * yes, and yes is above a threshold. Each place of a sample counts by the sample's weight. NaN in a
 * prediction or target whose weight is not 0 makes all numbers NaN. It keeps 8 bytes for each pair
 * of classes. Not for several threads at once.
 */
public final class ConfusionMatrix implements Metric.Accumulator {

  /** Stands for the class of what does not count. */
  private static final int NONE = -1;

  private final String name;
  private final double threshold;
  private final ToDoubleFunction<ConfusionMatrix> result;
  private final HostBatch batch = new HostBatch();
  private double[][] counts = {};
  private double total;
  private boolean empty = true;

  /**
   * A matrix that a metric counts in.
   *
   * @param name of the metric, for messages
   * @param result what the metric makes of it
   */
  ConfusionMatrix(String name, double threshold, ToDoubleFunction<ConfusionMatrix> result) {
    this.name = name;
    this.threshold = Threshold.check(threshold);
    this.result = result;
  }

  /** A matrix of nothing yet; a single prediction says yes above 0.5. */
  public ConfusionMatrix() {
    this(0.5);
  }

  /**
   * A matrix of nothing yet.
   *
   * @param threshold above which a single prediction says yes: 0 for logits
   */
  public ConfusionMatrix(double threshold) {
    this("confusion matrix", threshold, ConfusionMatrix::accuracy);
  }

  /** The matrix of a target and its prediction; a single prediction says yes above 0.5. */
  public static ConfusionMatrix of(INDArray target, INDArray prediction) {
    ConfusionMatrix matrix = new ConfusionMatrix();
    matrix.add(target, prediction, null);
    return matrix;
  }

  /**
   * Adds a batch.
   *
   * @throws IllegalArgumentException if the shapes do not fit, a target is no class, or there were
   *     other classes before; nothing is added
   */
  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Shape targets = Shape.of(target.shape());
    Shape predictions = Shape.of(prediction.shape());
    boolean single = predictions.rank() < 2 || predictions.size(-1) == 1;
    ClassJudge judge = single ? null : ClassJudge.of(name, 1, targets, predictions);
    Rows rows =
        judge == null
            ? Rows.ofElements(name, targets, predictions)
            : judge.rows(targets, predictions);
    int classes = single ? 2 : rows.predictionWidth();
    requireSame(classes);
    batch.read(target, prediction, sampleWeights);
    int[] actual = new int[rows.samples() * rows.perSample()];
    for (int row = 0; row < actual.length; row++) {
      boolean isOut = batch.weight(rows, row) == 0 || batch.holdsNaN(rows, row);
      actual[row] = isOut ? NONE : actual(judge, rows, row);
    }
    counts = empty ? new double[classes][classes] : counts;
    empty = false;
    for (int row = 0; row < actual.length; row++) {
      double weight = batch.weight(rows, row);
      if (actual[row] != NONE) {
        counts[actual[row]][predicted(judge, rows, row)] += weight;
      }
      total += actual[row] != NONE || weight == 0 ? weight : Double.NaN;
    }
  }

  private int actual(@Nullable ClassJudge judge, Rows rows, int row) {
    return judge == null
        ? Threshold.isYes(batch.target()[row]) ? 1 : 0
        : judge.actual(batch.target(), row * rows.targetWidth(), rows.predictionWidth());
  }

  private int predicted(@Nullable ClassJudge judge, Rows rows, int row) {
    return judge == null
        ? batch.prediction()[row] > threshold ? 1 : 0
        : ClassJudge.best(batch.prediction(), row * rows.predictionWidth(), rows.predictionWidth());
  }

  private void requireSame(int classes) {
    if (!empty && counts.length != classes) {
      throw new IllegalArgumentException(
          name
              + ": a batch has "
              + classes
              + " classes, and those before had "
              + counts.length
              + "; add them to another one");
    }
  }

  /** The number of classes; 0 before anything was added. */
  public int classes() {
    return counts.length;
  }

  /**
   * The number of samples of a class that were predicted as another, or as itself, by weight.
   *
   * @throws IndexOutOfBoundsException if there is no such class
   */
  public double count(int actual, int predicted) {
    return Double.isNaN(total) ? Double.NaN : counts[require(actual)][require(predicted)];
  }

  /** The number of samples of a class, by weight. */
  public double support(int number) {
    double sum = 0;
    for (int j = 0; j < classes(); j++) {
      sum += count(number, j);
    }
    return sum;
  }

  private double predicted(int number) {
    double sum = 0;
    for (int i = 0; i < classes(); i++) {
      sum += count(i, number);
    }
    return sum;
  }

  private int require(int number) {
    if (number < 0 || number >= classes()) {
      throw new IndexOutOfBoundsException(
          name + ": there is no class " + number + ", the classes are [0, " + classes() + ")");
    }
    return number;
  }

  /** The number of all samples, by weight. */
  public double total() {
    return total;
  }

  private double right() {
    double right = 0;
    for (int i = 0; i < classes(); i++) {
      right += count(i, i);
    }
    return right;
  }

  /** The share of samples whose class was predicted, by weight; NaN over nothing. */
  public double accuracy() {
    return right() / total;
  }

  /** A score of one class; NaN over nothing. */
  public double score(ClassScore.Kind kind, int number) {
    return total == 0
        ? Double.NaN
        : kind.of(count(require(number), number), predicted(number), support(number));
  }

  /** A score averaged over the classes; NaN over nothing. */
  public double score(ClassScore.Kind kind, Averaging averaging) {
    if (averaging == Averaging.MICRO) {
      return total == 0 ? Double.NaN : kind.of(right(), total, total);
    }
    Mean mean = new Mean();
    for (int i = 0; i < classes(); i++) {
      double support = support(i);
      if (averaging == Averaging.WEIGHTED) {
        mean.add(score(kind, i), support);
      } else if (support + predicted(i) != 0) {
        mean.add(score(kind, i));
      }
    }
    return mean.result();
  }

  /** The accuracy. */
  @Override
  public double result() {
    return result.applyAsDouble(this);
  }

  @Override
  public void reset() {
    counts = new double[0][0];
    empty = true;
    total = 0;
  }

  /**
   * Precision, recall, F1 and support of each class, a line for each, and their averages.
   *
   * @param names of the classes in their order; their numbers if none are given
   * @throws IllegalArgumentException if there are other classes than names
   */
  public String report(String... names) {
    return ClassReport.scores(this, names(names));
  }

  /**
   * The counts as a table: a line for each class, a column for what it was predicted as.
   *
   * @param names of the classes in their order; their numbers if none are given
   * @throws IllegalArgumentException if there are other classes than names
   */
  public String table(String... names) {
    return ClassReport.counts(this, names(names));
  }

  private List<String> names(String... names) {
    if (names.length == 0) {
      return IntStream.range(0, classes()).mapToObj(String::valueOf).toList();
    }
    if (names.length != classes()) {
      throw new IllegalArgumentException(
          name + ": there are " + classes() + " classes, and names " + List.of(names));
    }
    return List.of(names);
  }

  /** The counts as a table, by class numbers. */
  @Override
  public String toString() {
    return table();
  }
}
