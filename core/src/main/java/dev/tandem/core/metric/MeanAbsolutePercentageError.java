package dev.tandem.core.metric;

/**
 * {@code 100 · |prediction − target| / |target|}, averaged over elements and then over samples by
 * their weights; a target nearer to 0 than 1e-7 counts as that, as in Keras, so targets of 0 make
 * it huge: leave them out by sample weights, or take another metric.
 */
record MeanAbsolutePercentageError() implements Metric {

  private static final double LEAST = 1e-7;

  @Override
  public String name() {
    return "mean_absolute_percentage_error";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(
        new ElementJudge(
            name(),
            (target, prediction) ->
                100 * Math.abs(prediction - target) / Math.max(Math.abs(target), LEAST)));
  }
}
