package dev.tandem.gan.net;

import dev.tandem.gan.pair.AdversarialPair;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A pair of nets.
 *
 * @param nets the methods that make them, as in {@code Dcgan.generator}
 */
public record NetSample(Set<String> nets, Supplier<AdversarialPair> pair) {
  @Override
  public String toString() {
    return String.join(" + ", nets);
  }
}
