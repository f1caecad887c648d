package dev.tandem.core.metric;

import java.util.Locale;
import java.util.Objects;

/**
 * An average of a score over classes, of which each sample has one, as of {@link ConfusionMatrix}.
 * The largest prediction along the last axis, (batch, …, classes), says the class; targets are
 * class numbers or one-hot rows, as their shape says. One probability for each target is a matter
 * of two classes, with the threshold 0.5. Kept over batches are the counts, so the score is that of
 * all samples and not a mean of batches.
 *
 * @param kind of score
 * @param averaging over the classes
 */
public record ClassScore(Kind kind, Averaging averaging) implements Metric {

  /** The scores that each class has. */
  public enum Kind {
    /** Of what was predicted as the class, the share that is; 0 if nothing was. */
    PRECISION,
    /** Of what is of the class, the share that was predicted so; 0 if nothing is. */
    RECALL,
    /** The harmonic mean of both, {@code 2 · right / (predicted + actual)}. */
    F1;

    /** The name in logs. */
    String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The score of counts by weight. */
    double of(double right, double predicted, double actual) {
      double all =
          switch (this) {
            case PRECISION -> predicted;
            case RECALL -> actual;
            case F1 -> (predicted + actual) / 2;
          };
      return all == 0 ? 0 : right / all;
    }
  }

  /** Checks that both are there. */
  public ClassScore {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(averaging, "averaging");
  }

  /** As in {@code macro_f1}. */
  @Override
  public String name() {
    return averaging.name().toLowerCase(Locale.ROOT) + "_" + kind.label();
  }

  @Override
  public Accumulator accumulator() {
    return new ConfusionMatrix(name(), 0.5, matrix -> matrix.score(kind, averaging));
  }
}
