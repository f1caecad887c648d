package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;

/** Judges whether the right class is among the k best; with k = 1 it has to be the first best. */
final class ClassJudge implements RowJudge {

  private final String metric;
  private final int k;
  private final boolean numbers;

  private ClassJudge(String metric, int k, boolean numbers) {
    this.metric = metric;
    this.k = k;
    this.numbers = numbers;
  }

  /** For targets that are one-hot rows. */
  static ClassJudge ofRows(String metric, int k) {
    return new ClassJudge(metric, k, false);
  }

  /** For targets that are class numbers. */
  static ClassJudge ofNumbers(String metric, int k) {
    return new ClassJudge(metric, k, true);
  }

  /** Whichever the shapes say. */
  static ClassJudge of(String metric, int k, Shape target, Shape prediction) {
    return new ClassJudge(metric, k, Rows.isOfClassNumbers(target, prediction));
  }

  @Override
  public Rows rows(Shape target, Shape prediction) {
    Rows rows =
        numbers
            ? Rows.ofClassNumbers(metric, target, prediction)
            : Rows.ofClasses(metric, target, prediction);
    if (rows.predictionWidth() < k) {
      throw new IllegalArgumentException(
          metric
              + ": there are "
              + rows.predictionWidth()
              + " classes in the prediction "
              + prediction
              + ", so any is among the best "
              + k
              + "; take fewer");
    }
    return rows;
  }

  @Override
  public double judge(double[] target, int t, double[] prediction, int p, int width) {
    int right = actual(target, t, width);
    boolean hit =
        k == 1 ? best(prediction, p, width) == right : isAmong(prediction, p, width, right);
    return hit ? 1 : 0;
  }

  /** The class that a target says. */
  int actual(double[] target, int t, int width) {
    return numbers ? number(target, t, width) : best(target, t, width);
  }

  private int number(double[] targets, int at, int classes) {
    double target = targets[at];
    if (!(target >= 0 && target < classes && target == Math.rint(target))) {
      throw new IllegalArgumentException(
          metric
              + ": target class is not a whole number in [0, "
              + classes
              + "): "
              + target
              + ", number "
              + at
              + " of the batch, counted from 0");
    }
    return (int) target;
  }

  /** The first of the largest. */
  static int best(double[] values, int from, int width) {
    int best = 0;
    for (int i = 1; i < width; i++) {
      if (values[from + i] > values[from + best]) {
        best = i;
      }
    }
    return best;
  }

  /** Equal ones share the better place. */
  private boolean isAmong(double[] values, int from, int width, int index) {
    int better = 0;
    for (int i = 0; i < width; i++) {
      if (!(values[from + i] <= values[from + index])) {
        better++;
      }
    }
    return better < k;
  }
}
