package dev.tandem.core.metric;

/**
 * The share of the targets of yes that are found: true positives over actual positives, over all
 * elements by their samples' weights; 0 where none says yes. A prediction says yes above the
 * threshold, a target above 0.5.
 *
 * @param threshold 0.5 unless set; for logits it is 0
 */
public record BinaryRecall(double threshold) implements Metric {

  /** Checks the threshold. */
  public BinaryRecall {
    Threshold.check(threshold);
  }

  @Override
  public String name() {
    return "recall";
  }

  @Override
  public Accumulator accumulator() {
    return new Confusion(name(), threshold, Confusion.Against.ACTUAL);
  }
}
