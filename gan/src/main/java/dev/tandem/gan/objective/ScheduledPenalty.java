package dev.tandem.gan.objective;

import java.util.Objects;

/**
 * A penalty and how often it is taken.
 *
 * @param penalty with its weight
 * @param every 1 for a term of every step of the discriminator; k for a step of its own after every
 *     k-th, with k times the weight
 */
public record ScheduledPenalty(Penalty penalty, int every) {

  /** Checks the interval. */
  public ScheduledPenalty {
    Objects.requireNonNull(penalty, "penalty");
    if (every < 1) {
      throw new IllegalArgumentException("interval of " + penalty + " is not at least 1: " + every);
    }
  }
}
