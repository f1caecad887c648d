package dev.tandem.core.metric;

import dev.tandem.core.tensor.Shape;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Averages judgments over the rows of each sample, and then over the samples by their weights; or
 * over all rows, where each step has a weight.
 */
final class RowMean implements Metric.Accumulator {

  private final BiFunction<Shape, Shape, RowJudge> choice;
  private final DoubleUnaryOperator finish;
  private final HostBatch batch = new HostBatch();
  private final Mean mean = new Mean();

  RowMean(RowJudge judge) {
    this((target, prediction) -> judge, DoubleUnaryOperator.identity());
  }

  /**
   * An average of another kind.
   *
   * @param choice the judge for a target and a prediction of these shapes
   * @param finish what is done with the average
   */
  RowMean(BiFunction<Shape, Shape, RowJudge> choice, DoubleUnaryOperator finish) {
    this.choice = choice;
    this.finish = finish;
  }

  @Override
  public void add(INDArray target, INDArray prediction, @Nullable INDArray sampleWeights) {
    Shape targetShape = Shape.of(target.shape());
    Shape predictionShape = Shape.of(prediction.shape());
    RowJudge judge = choice.apply(targetShape, predictionShape);
    Rows rows = judge.rows(targetShape, predictionShape);
    batch.read(target, prediction, sampleWeights);
    Mean added = new Mean();
    if (batch.isStepped()) {
      addRows(judge, rows, added);
      mean.add(added);
      return;
    }
    for (int sample = 0; sample < rows.samples(); sample++) {
      double weight = batch.weight(sample);
      if (weight != 0) { // others are left out, whatever they hold
        added.add(sampleMean(judge, rows, sample), weight);
      }
    }
    mean.add(added);
  }

  /** All rows by the weights of their steps. */
  private void addRows(RowJudge judge, Rows rows, Mean to) {
    for (int row = 0; row < rows.samples() * rows.perSample(); row++) {
      double weight = batch.weight(rows, row);
      if (weight != 0) {
        to.add(batch.holdsNaN(rows, row) ? Double.NaN : judge(judge, rows, row), weight);
      }
    }
  }

  private double sampleMean(RowJudge judge, Rows rows, int sample) {
    double sum = 0;
    int first = sample * rows.perSample();
    for (int row = first; row < first + rows.perSample(); row++) {
      if (batch.holdsNaN(rows, row)) {
        return Double.NaN;
      }
      sum += judge(judge, rows, row);
    }
    return sum / rows.perSample();
  }

  private double judge(RowJudge judge, Rows rows, int row) {
    return judge.judge(
        batch.target(),
        row * rows.targetWidth(),
        batch.prediction(),
        row * rows.predictionWidth(),
        rows.predictionWidth());
  }

  @Override
  public double result() {
    return finish.applyAsDouble(mean.result());
  }

  @Override
  public void reset() {
    mean.reset();
  }
}
