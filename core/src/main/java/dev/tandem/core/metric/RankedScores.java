package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** All predictions with their targets, to compare each yes with each no. */
final class RankedScores implements Metric.Accumulator {

  private final String metric;
  private final HostBatch batch = new HostBatch();
  private final BitSet yes = new BitSet();
  private double[] scores = new double[1024];
  private double[] weights = new double[1024];
  private int size;
  private boolean anyNaN;

  RankedScores(String metric) {
    this.metric = metric;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Rows rows = Rows.ofElements(metric, Shape.of(target.shape()), Shape.of(prediction.shape()));
    batch.read(target, prediction, sampleWeights);
    int added = rows.samples() * rows.perSample();
    reserve(Math.addExact(size, added));
    for (int i = 0; i < added; i++) {
      if (batch.weight(i / rows.perSample()) == 0) {
        continue;
      }
      scores[size] = batch.prediction()[i];
      weights[size] = batch.weight(i / rows.perSample());
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

  /** Σ over pairs of yes and no, weighted, divided by the weight of all pairs. */
  @Override
  public double result() {
    if (anyNaN) {
      return Double.NaN;
    }
    int[] order = Ascending.order(scores, size);
    double won = 0;
    double below = 0;
    double total = 0;
    for (int from = 0, to = 0; from < size; from = to) {
      double yesHere = 0;
      double noHere = 0;
      while (to < size && scores[order[to]] == scores[order[from]]) {
        if (yes.get(order[to])) {
          yesHere += weights[order[to]];
        } else {
          noHere += weights[order[to]];
        }
        to++;
      }
      won += yesHere * (below + noHere / 2);
      below += noHere;
      total += yesHere;
    }
    return won / (below * total);
  }

  @Override
  public void reset() {
    size = 0;
    anyNaN = false;
    yes.clear();
  }
}
