package dev.tandem.gan.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;

/**
 * The divergence of counted samples from a distribution over modes, {@code Σ p̂ log(p̂ / q)} in
 * nats. PacGAN (arXiv 1712.04086) calls it the reverse one.
 */
final class KlDivergence {

  private KlDivergence() {}

  /** The divergence of counts; NaN if nothing was counted. */
  static double of(long[] counts, ImmutableDoubleArray q) {
    double total = Arrays.stream(counts).sum();
    double sum = total == 0 ? Double.NaN : 0;
    for (int i = 0; i < counts.length; i++) {
      double share = counts[i] / total;
      sum += counts[i] == 0 ? 0 : share * Math.log(share / q.get(i));
    }
    return sum;
  }

  /**
   * The expected divergence of n independent samples of a distribution p from q: exact, from the
   * binomial distribution of each count.
   */
  static double expected(int n, ImmutableDoubleArray p, ImmutableDoubleArray q) {
    double sum = 0;
    for (int i = 0; i < p.length(); i++) {
      sum += expectedTerm(n, p.get(i), q.get(i));
    }
    return sum;
  }

  private static double expectedTerm(int n, double p, double q) {
    if (p <= 0) {
      return 0;
    }
    if (p >= 1) {
      return Math.log(1 / q);
    }
    double deviation = Math.sqrt(n * p * (1 - p));
    int first = (int) Math.max(1, Math.floor(n * p - 12 * deviation - 12));
    int last = (int) Math.min(n, Math.ceil(n * p + 12 * deviation + 60));
    double log = logBinomial(n, first) + first * Math.log(p) + (n - first) * Math.log1p(-p);
    double step = Math.log(p) - Math.log1p(-p);
    double sum = 0;
    for (int count = first; count <= last; count++) {
      double share = (double) count / n;
      sum += Math.exp(log) * share * Math.log(share / q);
      log += Math.log((double) (n - count) / (count + 1)) + step;
    }
    return sum;
  }

  private static double logBinomial(int n, int count) {
    double sum = 0;
    for (int i = 1; i <= count; i++) {
      sum += Math.log((double) (n - count + i) / i);
    }
    return sum;
  }

  /** Counts of as many samples, sampled with replacement from those counted: for a bootstrap. */
  static long[] resample(long[] counts, CounterRandom random) {
    long[] upTo = counts.clone();
    Arrays.parallelPrefix(upTo, Long::sum);
    long total = upTo[upTo.length - 1];
    long[] sampled = new long[counts.length];
    for (long i = 0; i < total; i++) {
      long sample = (long) (random.uniform(i) * total);
      int found = Arrays.binarySearch(upTo, sample + 1);
      int mode = found >= 0 ? found : -found - 1;
      while (mode > 0 && upTo[mode - 1] == upTo[mode]) {
        mode--;
      }
      sampled[mode]++;
    }
    return sampled;
  }
}
