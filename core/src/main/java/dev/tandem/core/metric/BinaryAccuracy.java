package dev.tandem.core.metric;

/**
 * The share of predictions on their target's side of the threshold. A prediction says yes above the
 * threshold, and a target above 0.5, so soft labels count as what they are near to.
 *
 * @param threshold 0.5 unless set; for logits it is 0
 */
public record BinaryAccuracy(double threshold) implements Metric {

  /** Checks the threshold. */
  public BinaryAccuracy {
    Threshold.check(threshold);
  }

  @Override
  public String name() {
    return "binary_accuracy";
  }

  @Override
  public Accumulator accumulator() {
    return new RowMean(judge(name(), threshold));
  }

  static RowJudge judge(String metric, double threshold) {
    return new ElementJudge(
        metric,
        (target, prediction) -> Threshold.isYes(target) == (prediction > threshold) ? 1 : 0);
  }
}
