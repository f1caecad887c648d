package dev.tandem.gan.config;

import dev.tandem.core.tensor.Check;
import java.util.Optional;

/**
 * The metrics of a run.
 *
 * @param fid how many samples FID is taken of at the end; 0 for none
 * @param measured what is measured on the way and at the end, as {@code fid:1000@500,swd}: names,
 *     with samples and the rounds between two measurements if other than usual; if anything is
 */
public record MetricSettings(int fid, Optional<String> measured) {

  /** Checks the number. */
  public MetricSettings {
    Check.notNegative("samples for FID", (long) fid);
  }
}
