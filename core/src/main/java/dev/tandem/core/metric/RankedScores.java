package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All predictions with their targets, to compare each yes with each no. */
final class RankedScores implements Metric.Accumulator {

  /** The curve that an area lies under. */
  enum Area {
    /** The share of yes that is found over the share of no that is mistaken for it. */
    ROC,
    /** The share of what is found that is yes over the share of yes that is found. */
    PRECISION_RECALL
  }

  private final String metric;
  private final Area area;
  private final HostBatch batch = new HostBatch();
  private final BitSet yes = new BitSet();
  private double[] scores = new double[1024];
  private double[] weights = new double[1024];
  private int size;
  private boolean anyNaN;

  RankedScores(String metric, Area area) {
    this.metric = metric;
    this.area = area;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Rows rows = Rows.ofElements(metric, Shape.of(target.shape()), Shape.of(prediction.shape()));
    batch.read(target, prediction, sampleWeights);
    int added = rows.samples() * rows.perSample();
    reserve(Math.addExact(size, added));
    for (int i = 0; i < added; i++) {
      if (batch.weight(rows, i) == 0) {
        continue;
      }
      scores[size] = batch.prediction()[i];
      weights[size] = batch.weight(rows, i);
      yes.set(size, Threshold.isYes(batch.target()[i]));
      anyNaN |= Double.isNaN(scores[size]) || Double.isNaN(batch.target()[i]);
      size++;
    }
  }

  private void reserve(int needed) {
    if (needed > scores.length) {
      int length = (int) Math.min(Integer.MAX_VALUE - 8, Math.max(needed, 2L * scores.length));
      scores = Arrays.copyOf(scores, length);
      weights = Arrays.copyOf(weights, length);
    }
  }

  @Override
  public double result() {
    return anyNaN ? Double.NaN : area == Area.ROC ? pairs() : steps();
  }

  /** Σ over pairs of yes and no, weighted, divided by the weight of all pairs. */
  private double pairs() {
    int[] order = Ascending.order(scores, size);
    double won = 0;
    double below = 0;
    double total = 0;
    for (int from = 0, to; from < size; from = to) {
      to = endOfEqual(order, from);
      double yesHere = weight(order, from, to, true);
      double noHere = weight(order, from, to, false);
      won += yesHere * (below + noHere / 2);
      below += noHere;
      total += yesHere;
    }
    return won / (below * total);
  }

  /** Σ over thresholds, from the highest down: yes that is found there, times the precision. */
  private double steps() {
    int[] order = Ascending.order(scores, size);
    double found = 0;
    double all = 0;
    double sum = 0;
    for (int to = size, from; to > 0; to = from) {
      from = startOfEqual(order, to);
      double yesHere = weight(order, from, to, true);
      found += yesHere;
      all += yesHere + weight(order, from, to, false);
      sum += yesHere * (found / all);
    }
    return sum / found;
  }

  private int startOfEqual(int[] order, int to) {
    int from = to;
    while (from > 0 && scores[order[from - 1]] == scores[order[to - 1]]) {
      from--;
    }
    return from;
  }

  private int endOfEqual(int[] order, int from) {
    int to = from;
    while (to < size && scores[order[to]] == scores[order[from]]) {
      to++;
    }
    return to;
  }

  private double weight(int[] order, int from, int to, boolean ofYes) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      if (yes.get(order[i]) == ofYes) {
        sum += weights[order[i]];
      }
    }
    return sum;
  }

  @Override
  public void reset() {
    size = 0;
    anyNaN = false;
    yes.clear();
  }
}
