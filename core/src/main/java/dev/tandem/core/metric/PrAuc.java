package dev.tandem.core.metric;

/**
 * The area under the curve of precision over recall, as average precision: {@code Σ (Rₙ − Rₙ₋₁) ·
 * Pₙ} over all thresholds, from the highest prediction down, without lines drawn between the points
 * (as in scikit-learn's {@code average_precision_score}). For few samples of yes among many it says
 * more than {@link Auc}: a random order scores their share. Targets say yes above 0.5. NaN while
 * none does, or if a prediction is NaN.
 *
 * <p>Exact, by sorting, so logits will do as well. It keeps some 16 bytes of every element until it
 * is reset.
 */
public record PrAuc() implements Metric {

  @Override
  public String name() {
    return "pr_auc";
  }

  @Override
  public Accumulator accumulator() {
    return new RankedScores(name(), RankedScores.Area.PRECISION_RECALL);
  }
}
