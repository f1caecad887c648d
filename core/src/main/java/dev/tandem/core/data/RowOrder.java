package dev.tandem.core.data;

import static dev.tandem.core.tensor.SplitMix64.GAMMA;
import static dev.tandem.core.tensor.SplitMix64.mix;

/**
 * The order of rows in an epoch, a function of (seed, epoch, number of rows) and nothing else.
 *
 * <p>It is Fisher and Yates' shuffle of 0 … n−1 from the end downwards, with the numbers of
 * SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, OOPSLA 2014). Its
 * stream starts at {@code key = mix(mix(seed + γ) + (epoch + 1) · γ)}; number i is {@code mix(key +
 * (i + 1) · γ)}, with γ = 0x9E3779B97F4A7C15, and its upper 63 bits times a bound, divided by 2^63,
 * are the index sampled: one number for each row, none rejected. Resumed runs rely on this: it
 * stays as it is.
 */
final class RowOrder {

  private RowOrder() {}

  /** Fills an array with the order of an epoch. */
  static void shuffle(int[] order, long seed, int epoch) {
    identity(order);
    long key = key(seed, epoch);
    for (int last = order.length - 1, i = 0; last > 0; last--, i++) {
      int sampled = below(last + 1, number(key, i));
      int row = order[sampled];
      order[sampled] = order[last];
      order[last] = row;
    }
  }

  /** Fills an array with 0, 1, 2 and so on. */
  static void identity(int[] order) {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }

  static long key(long seed, int epoch) {
    return mix(mix(seed + GAMMA) + (epoch + 1L) * GAMMA);
  }

  /** The key of the stream of what is drawn for rows in an epoch, another one than the order's. */
  static long draws(long seed, int epoch) {
    return key(~seed, epoch);
  }

  /** Number {@code index}, from 0, of the stream. */
  static long number(long key, long index) {
    return mix(key + (index + 1) * GAMMA);
  }

  /** A number as an index below a bound. */
  static int below(int bound, long number) {
    return (int) Math.multiplyHigh(number >>> 1, (long) bound << 1);
  }
}
