package dev.tandem.gan.metric;

import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Arrays;

/**
 * Samples counted by mode, and what follows from that. Standard errors of captured modes and of the
 * divergence are those of a bootstrap over samples.
 *
 * @param counts the samples of each mode that count
 * @param samples all samples, also those that do not count
 * @param perfect the distribution of modes among the samples of a perfect sampler that count
 * @param perfectShare the share of a perfect sampler's samples that count
 * @param target the distribution that the divergence is taken from
 */
record ModeCounts(
    long[] counts,
    int samples,
    ImmutableDoubleArray perfect,
    double perfectShare,
    ImmutableDoubleArray target) {

  private static final int REPLICATES = 200;

  ModeReport report(String protocol, Sampling sampling) {
    int modes = counts.length;
    double[] capturedAgain = new double[REPLICATES];
    double[] divergenceAgain = new double[REPLICATES];
    for (int i = 0; i < REPLICATES; i++) {
      CounterRandom random =
          CounterRandom.of(sampling.seed(), CounterRandom.seedOf("mode bootstrap"), i);
      long[] again = KlDivergence.resample(counts, random);
      capturedAgain[i] = captured(again);
      divergenceAgain[i] = KlDivergence.of(again, target);
    }
    double share = (double) Arrays.stream(counts).sum() / samples;
    int counted = Math.max(1, (int) Math.round(samples * perfectShare));
    return new ModeReport(
        protocol,
        modes,
        Score.of(
            "modes",
            new Estimate(captured(counts), deviation(capturedAgain)),
            new Bounds(0, modes),
            expectedCaptured(),
            sampling),
        Score.of(
            "high-quality share",
            new Estimate(share, Math.sqrt(share * (1 - share) / samples)),
            Bounds.SHARE,
            perfectShare,
            sampling),
        Score.of(
            "reverse KL",
            new Estimate(KlDivergence.of(counts, target), deviation(divergenceAgain)),
            Bounds.NOT_NEGATIVE,
            KlDivergence.expected(counted, perfect, target),
            sampling));
  }

  private static long captured(long[] counts) {
    return Arrays.stream(counts).filter(count -> count > 0).count();
  }

  /** The expected number of modes that a perfect sampler hits. */
  private double expectedCaptured() {
    return perfect.stream().map(p -> -Math.expm1(samples * Math.log1p(-p * perfectShare))).sum();
  }

  private static double deviation(double[] values) {
    return Estimate.mean(values).standardError() * Math.sqrt(values.length);
  }
}
