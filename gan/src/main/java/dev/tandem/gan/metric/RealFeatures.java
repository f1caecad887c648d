package dev.tandem.gan.metric;

import dev.tandem.core.tensor.Shape;
import java.util.Locale;

/**
 * Real data to measure against: a reference, and other real samples, held out, that tell how far
 * real is from real. A floor is the score of the held-out samples, as many of them as there are
 * generated ones where they suffice.
 *
 * @param reference what generated samples are held against
 * @param heldOut other real samples
 */
public record RealFeatures(Features reference, Features heldOut) {

  /**
   * Checks that both were seen by the same extractor.
   *
   * @throws IllegalArgumentException if not
   */
  public RealFeatures {
    requireSameSpace(reference, heldOut, "held-out features");
  }

  /** The first half as the reference, the rest held out. */
  public static RealFeatures halves(Features all) {
    if (all.count() < 2) {
      throw new IllegalArgumentException(
          "halves of real features need at least 2 samples, got " + all.count());
    }
    int half = all.count() / 2;
    return new RealFeatures(all.slice(0, half), all.slice(half, all.count()));
  }

  /** The held-out samples that take the place of some generated ones. */
  Features standIn(Features fake) {
    return fake.count() < heldOut.count() ? heldOut.slice(0, fake.count()) : heldOut;
  }

  /** Refuses generated features that were not seen as the real ones were. */
  void requireComparable(Features fake) {
    requireSameSpace(reference, fake, "generated features");
  }

  private static void requireSameSpace(Features reference, Features other, String what) {
    boolean same =
        reference.space().equals(other.space()) && reference.dimensions() == other.dimensions();
    if (!same) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s are %s in %s, but the reference is %s in %s; take both through one extractor",
              what,
              Shape.of(other.values().shape()),
              other.space(),
              Shape.of(reference.values().shape()),
              reference.space()));
    }
  }
}
