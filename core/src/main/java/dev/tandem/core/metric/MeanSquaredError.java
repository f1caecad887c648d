package dev.tandem.core.metric;

/** (prediction − target)², averaged over elements and then over samples by their weights. */
record MeanSquaredError() implements Metric {

  @Override
  public String name() {
    return "mean_squared_error";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(judge(name()));
  }

  static RowJudge judge(String metric) {
    return new ElementJudge(
        metric, (target, prediction) -> (prediction - target) * (prediction - target));
  }
}
