package dev.tandem.core.metric;

/**
 * The area under the ROC curve: how probable it is that a sample whose target says yes (above 0.5)
 * is predicted above one whose target says no, equal predictions counting half. NaN while either
 * kind is missing, or if a prediction is NaN.
 *
 * <p>Exact, by sorting, where Keras takes 200 thresholds in [0, 1]: so logits will do as well, and
 * crowded predictions are told apart. It keeps some 16 bytes of every element until it is reset.
 */
public record Auc() implements Metric {

  @Override
  public String name() {
    return "auc";
  }

  @Override
  public Accumulator accumulator() {
    return new RankedScores(name(), RankedScores.Area.ROC);
  }
}
