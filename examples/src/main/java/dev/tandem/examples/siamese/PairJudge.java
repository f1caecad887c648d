package dev.tandem.examples.siamese;

import dev.tandem.core.metric.Metric;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import org.nd4j.linalg.factory.Nd4j;

/**
 * How well distances of points tell images of one digit from others. Which pairs and tasks it asks
 * does not depend on the training's seed.
 *
 * @param digits which images are compared
 * @param points of all images, one row each
 */
record PairJudge(DigitRows digits, float[][] points) {

  private static final int PAIRS = 20_000;
  private static final int TASKS = 2_000;
  private static final long SEED = 15;

  /** What was found of balanced pairs. */
  record Distances(double[] of, boolean[] same) {

    /** The distance below which calling pairs the same is most often right. */
    double bestThreshold() {
      Integer[] order = new Integer[of.length];
      Arrays.setAll(order, i -> i);
      Arrays.sort(order, (a, b) -> Double.compare(of[a], of[b]));
      int right = 0;
      for (boolean each : same) {
        right += each ? 0 : 1; // all called different
      }
      int most = right;
      double best = 0;
      for (int i = 0; i < order.length; i++) {
        right += same[order[i]] ? 1 : -1;
        if (right > most && i + 1 < order.length) {
          most = right;
          best = (of[order[i]] + of[order[i + 1]]) / 2;
        }
      }
      return best;
    }

    /** How often a threshold is right. */
    double accuracy(double threshold) {
      int right = 0;
      for (int i = 0; i < of.length; i++) {
        right += (of[i] < threshold) == same[i] ? 1 : 0;
      }
      return (double) right / of.length;
    }

    /** How often a pair of one digit is closer than a pair of two. */
    double auc() {
      Metric.Accumulator area = Metrics.auc().accumulator();
      double[] answers = new double[of.length];
      double[] closeness = new double[of.length];
      for (int i = 0; i < of.length; i++) {
        answers[i] = same[i] ? 1 : 0;
        closeness[i] = -of[i];
      }
      area.add(Nd4j.createFromArray(answers), Nd4j.createFromArray(closeness), null);
      return area.result();
    }
  }

  /** Balanced pairs. */
  Distances distances() {
    double[] of = new double[PAIRS];
    boolean[] same = new boolean[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      DigitRows.Pair pair = digits.pair(CounterRandom.of(SEED, i));
      of[i] = distance(points[pair.left()], points[pair.right()]);
      same[i] = pair.same();
    }
    return new Distances(of, same);
  }

  /**
   * How often the digit of an image is found by the nearest of one image for each digit.
   *
   * @return a share; guessing is right in one of as many cases as there are digits
   */
  double oneShot() {
    int right = 0;
    for (int task = 0; task < TASKS; task++) {
      CounterRandom random = CounterRandom.of(~SEED, task);
      int asked = (int) (random.uniform(0) * digits.rows().size());
      float[] point = points[digits.row(asked, random.uniform(1))];
      int nearest = -1;
      double least = Double.POSITIVE_INFINITY;
      for (int digit = 0; digit < digits.rows().size(); digit++) {
        double distance = distance(point, points[digits.row(digit, random.uniform(2 + digit))]);
        if (distance < least) {
          least = distance;
          nearest = digit;
        }
      }
      right += nearest == asked ? 1 : 0;
    }
    return (double) right / TASKS;
  }

  /** The Euclidean distance. */
  static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (a[i] - b[i]) * (a[i] - b[i]);
    }
    return Math.sqrt(sum);
  }
}
