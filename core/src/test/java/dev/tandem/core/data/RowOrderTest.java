package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowOrderTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64, 60_000})
  void order_ofAnyLength_isAPermutation(int rows) {
    int[] sorted = order(rows, 7, 3);
    Arrays.sort(sorted);

    assertThat(sorted).isEqualTo(IntStream.range(0, rows).toArray());
  }

  /** The numbers are those of an implementation in another language. */
  @Test
  void order_ofKnownSeeds_isFrozen() {
    assertThat(order(10, 42, 0)).containsExactly(5, 1, 9, 6, 7, 2, 4, 0, 8, 3);
    assertThat(order(10, 42, 1)).containsExactly(7, 3, 1, 8, 2, 5, 9, 4, 6, 0);
    assertThat(order(10, -1, 7)).containsExactly(4, 3, 2, 1, 5, 0, 6, 9, 8, 7);
    assertThat(order(60_000, 42, 0)).startsWith(22358, 37936, 44895, 41298, 16009);
  }

  @Test
  void order_ofSameSeedAndEpoch_doesNotDependOnTheArray() {
    int[] used = order(100, 1, 1);
    RowOrder.shuffle(used, 42, 5);

    assertThat(used).isEqualTo(order(100, 42, 5));
  }

  @Test
  void order_ofOtherEpochOrSeed_isAnother() {
    assertThat(order(100, 42, 5)).isNotEqualTo(order(100, 42, 6)).isNotEqualTo(order(100, 43, 5));
  }

  @Test
  void stream_ofAKey_isSplitMix64() {
    long key = RowOrder.key(42, 3);
    SplittableRandom reference = new SplittableRandom(key);

    for (int i = 0; i < 100; i++) {
      assertThat(RowOrder.number(key, i)).isEqualTo(reference.nextLong());
    }
  }

  /**
   * Chi-squared over 24 equally likely orders: 23 degrees of freedom, 49.7 at one in a thousand.
   */
  @Test
  void orders_ofManyEpochs_areEquallyLikely() {
    int epochs = 24_000;
    int[] counts = new int[256];
    for (int epoch = 0; epoch < epochs; epoch++) {
      int[] order = order(4, 9, epoch);
      counts[order[0] << 6 | order[1] << 4 | order[2] << 2 | order[3]]++;
    }
    double expected = epochs / 24.0;
    double chi =
        Arrays.stream(counts)
            .filter(count -> count > 0)
            .mapToDouble(count -> (count - expected) * (count - expected) / expected)
            .sum();

    assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isEqualTo(24);
    assertThat(chi).isLessThan(49.7);
  }

  private static int[] order(int rows, long seed, int epoch) {
    int[] order = new int[rows];
    RowOrder.shuffle(order, seed, epoch);
    return order;
  }
}
