package dev.tandem.gan.config;

import dev.tandem.gan.net.NetDesign;
import java.util.Optional;

/**
 * The nets of a pair: a generator and a discriminator, or two of each with a cycle.
 *
 * @param generator of samples
 * @param discriminator of samples
 * @param forth from the first domain to the second
 * @param judgeForth the discriminator of the second domain
 * @param back from the second domain to the first
 * @param judgeBack the discriminator of the first domain
 */
record NetSettings(
    Optional<NetDesign> generator,
    Optional<NetDesign> discriminator,
    Optional<NetDesign> forth,
    Optional<NetDesign> judgeForth,
    Optional<NetDesign> back,
    Optional<NetDesign> judgeBack) {

  /** No nets. */
  NetSettings() {
    this(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }
}
