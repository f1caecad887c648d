package dev.tandem.core.metric;

/**
 * R², the coefficient of determination: {@code 1 − Σ(target − prediction)² / Σ(target − mean)²}
 * over all samples by their weights, for each element of a sample, and then averaged over the
 * elements, as in scikit-learn and Keras. 1 is exact, 0 as good as the mean of the targets, and
 * below 0 is worse than that. An element whose targets are all equal counts 1 if its predictions
 * are exact, else 0. NaN of fewer than two samples.
 */
public record RSquared() implements Metric {

  @Override
  public String name() {
    return "r2";
  }

  @Override
  public Accumulator accumulator() {
    return new Variation(name());
  }
}
