package dev.tandem.gan.objective.penalty;

import dev.tandem.core.optimizer.Schedule;
import java.util.Objects;
import java.util.Optional;

/**
 * A penalty and how often it is taken.
 *
 * @param penalty with its weight
 * @param every 1 for a term of every step of the discriminator; k for a step of its own after every
 *     k-th, with k times the weight
 * @param factor of its weight over the steps of the discriminator, counted from 0; 1 if empty
 */
public record ScheduledPenalty(Penalty penalty, int every, Optional<Schedule> factor) {

  /** Checks the interval. */
  public ScheduledPenalty {
    Objects.requireNonNull(penalty, "penalty");
    Objects.requireNonNull(factor, "factor");
    if (every < 1) {
      throw new IllegalArgumentException("interval of " + penalty + " is not at least 1: " + every);
    }
  }

  /** A penalty of constant weight. */
  public ScheduledPenalty(Penalty penalty, int every) {
    this(penalty, every, Optional.empty());
  }
}
