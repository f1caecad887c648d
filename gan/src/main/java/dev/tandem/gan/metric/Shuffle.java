package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;

/** Orders and choices as functions of a seed. */
final class Shuffle {

  private Shuffle() {}

  /** 0 … n−1 in an order by the stream (Fisher and Yates). */
  static int[] order(int count, CounterRandom random) {
    return choice(count, count, random);
  }

  /** Some of 0 … n−1, each at most once, in an order by the stream. */
  static int[] choice(int count, int chosen, CounterRandom random) {
    int[] all = new int[count];
    for (int i = 0; i < count; i++) {
      all[i] = i;
    }
    int[] first = new int[chosen];
    for (int i = 0; i < chosen; i++) {
      int other = i + (int) (random.uniform(i) * (count - i));
      first[i] = all[other];
      all[other] = all[i];
    }
    return first;
  }
}
