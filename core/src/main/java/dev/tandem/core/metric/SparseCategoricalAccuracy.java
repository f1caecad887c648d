package dev.tandem.core.metric;

/**
 * The share of samples whose largest prediction along the last axis, (batch, …, classes), is where
 * the target's class number (batch, …) says; the first of equal ones counts.
 */
public record SparseCategoricalAccuracy() implements Metric {

  @Override
  public String name() {
    return "sparse_categorical_accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(ClassJudge.ofNumbers(name(), 1));
  }
}
