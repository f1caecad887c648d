package dev.tandem.gan.train;

import java.util.Locale;
import java.util.Optional;

/** Follows a metric and tells when it has got worse. */
final class Worsening {

  private final Regression regression;
  private double best = Double.POSITIVE_INFINITY;
  private long bestRound;
  private int worse;

  Worsening(Regression regression) {
    this.regression = regression;
  }

  /** Whether the metric is measured after a round. */
  boolean isDue(AdversarialTrainer trainer) {
    return trainer.isTimeFor(regression.every());
  }

  /** Whether the value of this round is the best one so far. */
  boolean isBest(long round) {
    return bestRound == round;
  }

  /** Whether the last value was much worse than the best one. */
  boolean isDoubtful() {
    return worse > 0;
  }

  /** Measures; what is found, if something is. */
  Optional<String> look(AdversarialTrainer trainer, long round) {
    double value = regression.measure().of(trainer);
    if (value < best) {
      best = value;
      bestRound = round;
    }
    boolean much = !(value <= regression.factor() * best); // NaN too
    worse = much ? worse + 1 : 0;
    if (worse < regression.times()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the metric has got worse: it was more than %.3g times its best value, %.4g of round"
                + " %d, in %d measurements up to round %d (now %.4g); take the best state, and"
                + " lower the rates to go on from it",
            regression.factor(),
            best,
            bestRound,
            worse,
            round,
            value));
  }

  /** Counts anew; the best value stays. */
  void forgive() {
    worse = 0;
  }
}
