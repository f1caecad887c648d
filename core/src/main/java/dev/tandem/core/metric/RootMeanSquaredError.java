package dev.tandem.core.metric;

/**
 * The root of {@linkplain Metrics#meanSquaredError mean squared error} over everything, not a mean
 * of the batches' roots.
 */
public record RootMeanSquaredError() implements Metric {

  @Override
  public String name() {
    return "root_mean_squared_error";
  }

  @Override
  public Accumulator accumulator() {
    RowJudge judge = MeanSquaredError.judge(name());
    return new RowMean((target, prediction) -> judge, Math::sqrt);
  }
}
