package dev.tandem.core.metric;

/**
 * The harmonic mean of {@linkplain BinaryPrecision precision} and {@linkplain BinaryRecall recall},
 * {@code 2 · right / (predicted + actual)} with the counts of yes over all elements by their
 * samples' weights; 0 where neither predictions nor targets say yes. For classes that exclude each
 * other take {@link ClassScore}.
 *
 * @param threshold 0.5 unless set; for logits it is 0
 */
public record BinaryF1(double threshold) implements Metric {

  /** Checks the threshold. */
  public BinaryF1 {
    Threshold.check(threshold);
  }

  @Override
  public String name() {
    return "f1";
  }

  @Override
  public Accumulator accumulator() {
    return new Confusion(name(), threshold, Confusion.Against.BOTH);
  }
}
