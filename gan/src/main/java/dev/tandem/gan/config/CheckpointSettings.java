package dev.tandem.gan.config;

import dev.tandem.core.tensor.Check;

/**
 * The checkpoints of a run.
 *
 * @param every rounds between two, at least 1; 500 unless stated
 * @param keep how many stay, at least 1; 2 unless stated
 */
public record CheckpointSettings(int every, int keep) {

  /** Checks the numbers. */
  public CheckpointSettings {
    Check.positive("rounds between checkpoints", every);
    Check.positive("number of kept checkpoints", keep);
  }
}
