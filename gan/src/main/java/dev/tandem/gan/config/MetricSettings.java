package dev.tandem.gan.config;

import dev.tandem.core.tensor.Check;

/**
 * The metrics of a run.
 *
 * @param fid how many samples FID is taken of at the end; 0 for none
 */
public record MetricSettings(int fid) {

  /** Checks the number. */
  public MetricSettings {
    Check.notNegative("samples for FID", (long) fid);
  }
}
