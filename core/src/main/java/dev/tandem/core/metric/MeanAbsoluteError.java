package dev.tandem.core.metric;

/** |prediction − target|, averaged over elements and then over samples by their weights. */
record MeanAbsoluteError() implements Metric {

  @Override
  public String name() {
    return "mean_absolute_error";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(
        new ElementJudge(name(), (target, prediction) -> Math.abs(prediction - target)));
  }
}
