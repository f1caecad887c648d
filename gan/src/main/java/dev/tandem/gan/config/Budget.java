package dev.tandem.gan.config;

import dev.tandem.core.tensor.Check;
import java.util.OptionalDouble;

/**
 * The end of a run: whichever comes first.
 *
 * @param rounds in all, those before a resume included, at least 1; 5,000 unless stated
 * @param minutes of one training, above 0, if they are limited
 */
public record Budget(long rounds, OptionalDouble minutes) {

  /** Checks the numbers. */
  public Budget {
    Check.positive("number of rounds", rounds);
    if (minutes.isPresent()) {
      Check.aboveZero("number of minutes", minutes.getAsDouble());
    }
  }
}
