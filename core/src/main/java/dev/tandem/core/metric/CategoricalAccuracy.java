package dev.tandem.core.metric;

/**
 * The share of samples whose largest prediction along the last axis, (batch, …, classes), is where
 * the largest target is; the first of equal ones counts.
 */
public record CategoricalAccuracy() implements Metric {

  @Override
  public String name() {
    return "categorical_accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(ClassJudge.ofRows(name(), 1));
  }
}
