package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KlDivergenceTest {

  /** How often each digit is among the 70,000 of MNIST. */
  private static final double[] DIGITS = {
    6903, 7877, 6990, 7141, 6824, 6313, 6876, 7293, 6825, 6958
  };

  private static ImmutableDoubleArray equal(int count) {
    double[] shares = new double[count];
    Arrays.fill(shares, 1.0 / count);
    return ImmutableDoubleArray.copyOf(shares);
  }

  @Test
  void divergence_ofCounts_isTheFormula() {
    assertThat(KlDivergence.of(new long[] {3, 0, 1}, ImmutableDoubleArray.of(.5, .25, .25)))
        .isCloseTo(.75 * Math.log(1.5), within(1e-12));
    assertThat(KlDivergence.of(new long[] {0, 0}, equal(2))).isNaN();
  }

  @Test
  void expectation_ofOneAndTwoSamples_isCountedByHand() {
    assertThat(KlDivergence.expected(1, equal(4), equal(4))).isCloseTo(Math.log(4), within(1e-12));
    // Two samples of two modes: half the time in one (log 2), half the time even (0).
    assertThat(KlDivergence.expected(2, equal(2), equal(2)))
        .isCloseTo(Math.log(2) / 2, within(1e-12));
  }

  /** Monte Carlo values for triples of MNIST digits against 1,000 equal shares. */
  @ParameterizedTest
  @CsvSource({"26000, 0.0239", "10000, 0.0552", "50000, 0.0141"})
  void expectation_forStackedMnist_isWhatSamplingGives(int samples, double published) {
    double[] triples = new double[1000];
    for (int i = 0; i < 1000; i++) {
      triples[i] = DIGITS[i / 100] * DIGITS[i / 10 % 10] * DIGITS[i % 10] / Math.pow(70_000, 3);
    }
    ImmutableDoubleArray p = ImmutableDoubleArray.copyOf(triples);
    long[] counts = new long[1000];
    CounterRandom random = CounterRandom.of(samples);
    double[] upTo = triples.clone();
    Arrays.parallelPrefix(upTo, Double::sum);
    double sampled = 0;
    for (int run = 0; run < 20; run++) {
      Arrays.fill(counts, 0);
      for (int i = 0; i < samples; i++) {
        int found = Arrays.binarySearch(upTo, random.uniform((long) run * samples + i));
        counts[Math.min(999, found >= 0 ? found : -found - 1)]++;
      }
      sampled += KlDivergence.of(counts, equal(1000)) / 20;
    }
    double expected = KlDivergence.expected(samples, p, equal(1000));

    assertThat(expected).isCloseTo(sampled, within(.0006));
    assertThat(expected).isCloseTo(published, within(.0006));
  }

  @Test
  void resampling_keepsTheTotal_andLeavesEmptyModesEmpty() {
    long[] counts = {0, 500, 0, 1500, 0};
    long[] again = KlDivergence.resample(counts, CounterRandom.of(1));

    assertThat(Arrays.stream(again).sum()).isEqualTo(2000);
    assertThat(again[0] + again[2] + again[4]).isZero();
    assertThat(again[1]).isBetween(400L, 600L).isNotEqualTo(500);
  }
}
