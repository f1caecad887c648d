package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Fréchet inception distance (Heusel et al., arXiv 1706.08500): {@code |μr − μf|² + tr(Σr + Σf − 2
 * (Σr Σf)^½)} with means and covariances (divided by n − 1) of real and generated features.
 *
 * <p>The trace of the root is that of {@code (Σr^½ Σf Σr^½)^½}, which is symmetric. The value falls
 * with more samples and depends on the extractor: only equal N and equal extractors compare. The
 * standard error is that of a jackknife that leaves out one of ten blocks of generated samples.
 */
public final class Fid {

  private static final String NAME = "FID";
  private static final int BLOCKS = 10;

  private Fid() {}

  /**
   * Measures generated samples.
   *
   * @param real what to measure against
   * @param fake generated samples, seen by the same extractor; more than there are features
   * @param seed what the blocks follow from
   * @throws IllegalArgumentException if there are too few samples, or extractors differ
   */
  public static Score measure(RealFeatures real, Features fake, long seed) {
    real.requireComparable(fake);
    int features = fake.dimensions();
    long needed = Math.max(features + 1L, 2 * BLOCKS);
    SampleSize.require(NAME, needed, "a covariance of " + features + " features", real, fake);
    Side reference = Side.of(real.reference().values());
    double floor = reference.distance(moments(reference, real.standIn(fake).values()));
    return Score.of(
        NAME,
        estimate(reference, fake.values(), seed),
        Bounds.NOT_NEGATIVE,
        floor,
        Sampling.of(real, fake, seed));
  }

  /** The distance of two sets of vectors (n, features), nothing else. */
  static double between(INDArray real, INDArray fake) {
    Side reference = Side.of(real);
    return reference.distance(moments(reference, fake));
  }

  private static Moments moments(Side reference, INDArray rows) {
    return Moments.of(rows, reference.center);
  }

  private static Estimate estimate(Side reference, INDArray fake, long seed) {
    int count = Math.toIntExact(fake.size(0));
    int[] order = Shuffle.order(count, CounterRandom.of(seed, CounterRandom.seedOf(NAME)));
    List<Moments> blocks = new ArrayList<>();
    for (int block = 0; block < BLOCKS; block++) {
      int from = (int) ((long) count * block / BLOCKS);
      int to = (int) ((long) count * (block + 1) / BLOCKS);
      blocks.add(moments(reference, Matrices.gather(fake, order, from, to)));
    }
    Moments all = blocks.stream().reduce(Moments::plus).orElseThrow();
    double[] without = new double[BLOCKS];
    for (int block = 0; block < BLOCKS; block++) {
      without[block] = reference.distance(all.minus(blocks.get(block)));
    }
    return new Estimate(reference.distance(all), Jackknife.standardError(without));
  }

  /** One side of the distance, its root taken once. The center is its mean. */
  private record Side(INDArray center, INDArray covariance, INDArray root) {

    static Side of(INDArray rows) {
      INDArray center = rows.mean(true, 0).reshape('c', 1, rows.size(1));
      INDArray covariance = Moments.of(rows, center).covariance();
      return new Side(center, covariance, Symmetric.squareRoot(covariance));
    }

    double distance(Moments other) {
      INDArray otherCovariance = other.covariance();
      INDArray mean = other.mean();
      INDArray inner = Matrices.times(Matrices.times(root, otherCovariance), root);
      double apart = mean.mul(mean).sumNumber().doubleValue();
      double traces = trace(covariance) + trace(otherCovariance);
      return Math.max(0, apart + traces - 2 * Symmetric.traceOfRoot(inner));
    }

    private static double trace(INDArray matrix) {
      double trace = 0;
      for (int i = 0; i < matrix.size(0); i++) {
        trace += matrix.getDouble(i, i);
      }
      return trace;
    }
  }
}
