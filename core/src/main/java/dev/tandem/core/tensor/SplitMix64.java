package dev.tandem.core.tensor;

/**
 * The mixing function of SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, OOPSLA 2014). Saved runs rely on it: it stays as it is.
 */
public final class SplitMix64 {

  /** The odd number γ between two keys of one stream. */
  public static final long GAMMA = 0x9E3779B97F4A7C15L;

  private SplitMix64() {}

  /** 64 bits of a key, each of which depends on all of the key. */
  public static long mix(long key) {
    long z = key;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
