package dev.tandem.gan.metric;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sliced Wasserstein distance (Rabin et al., SSVM 2011; as a GAN metric Karras et al., arXiv
 * 1710.10196): the first Wasserstein distance of the samples' projections on a direction, averaged
 * over random directions. In one dimension it is the mean difference of the sorted numbers.
 *
 * <p>Both sides take part with equally many samples, chosen by the seed where one has more. The
 * standard error is that of a jackknife that leaves out one of ten blocks of samples on both sides;
 * the floor is what sampling alone makes of equal distributions.
 *
 * @param directions how many, at least 1
 */
public record SlicedWasserstein(int directions) {

  private static final String NAME = "SWD";
  private static final int BLOCKS = 10;

  /**
   * Checks the number.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public SlicedWasserstein {
    if (directions < 1) {
      throw new IllegalArgumentException("directions of SWD are not at least 1: " + directions);
    }
  }

  /** 128 directions. */
  public static SlicedWasserstein standard() {
    return new SlicedWasserstein(128);
  }

  /**
   * Measures generated samples.
   *
   * @param real what to measure against
   * @param fake generated samples in the same space
   * @param seed what directions, choices and blocks follow from
   * @throws IllegalArgumentException if there are fewer than 20 samples, or extractors differ
   */
  public Score measure(RealFeatures real, Features fake, long seed) {
    real.requireComparable(fake);
    SampleSize.require(NAME, 2 * BLOCKS, BLOCKS + " blocks", real, fake);
    Features reference = real.reference();
    return Score.of(
        NAME,
        estimate(reference.values(), fake.values(), seed),
        Bounds.NOT_NEGATIVE,
        estimate(reference.values(), real.standIn(fake).values(), seed).value(),
        Sampling.of(real, fake, seed));
  }

  private Estimate estimate(INDArray real, INDArray fake, long seed) {
    int count = Math.toIntExact(Math.min(real.size(0), fake.size(0)));
    double[] realSlices = slices(real, count, seed, 1);
    double[] fakeSlices = slices(fake, count, seed, 2);
    double value = 0;
    double[] without = new double[BLOCKS];
    for (int direction = 0; direction < directions; direction++) {
      double[] x = Arrays.copyOfRange(realSlices, direction * count, (direction + 1) * count);
      double[] y = Arrays.copyOfRange(fakeSlices, direction * count, (direction + 1) * count);
      for (int block = 0; block < BLOCKS; block++) {
        without[block] += distance(without(x, block), without(y, block)) / directions;
      }
      value += distance(x, y) / directions;
    }
    return new Estimate(value, Jackknife.standardError(without));
  }

  /** The projections of some rows: direction by direction. */
  private double[] slices(INDArray rows, int count, long seed, int side) {
    long name = CounterRandom.seedOf(NAME);
    int[] chosen =
        Shuffle.choice(Math.toIntExact(rows.size(0)), count, CounterRandom.of(seed, name, side));
    INDArray slices = Matrices.create(directions, count);
    INDArray directed = directions(Math.toIntExact(rows.size(1)), CounterRandom.of(seed, name));
    Matrices.timesTransposed(directed, Matrices.gather(rows, chosen, 0, count), slices);
    return Matrices.values(slices);
  }

  /** Unit vectors (directions, features), uniform on the sphere. */
  private INDArray directions(int features, CounterRandom random) {
    INDArray normal = Matrices.create(directions, features);
    random.normal(normal);
    return normal.divColumnVector(normal.norm2(true, 1)).dup('c');
  }

  private static double[] without(double[] values, int block) {
    int from = (int) ((long) values.length * block / BLOCKS);
    int to = (int) ((long) values.length * (block + 1) / BLOCKS);
    double[] rest = Arrays.copyOf(values, values.length - (to - from));
    System.arraycopy(values, to, rest, from, values.length - to);
    return rest;
  }

  /** The first Wasserstein distance of equally many numbers; sorts them. */
  static double distance(double[] x, double[] y) {
    Arrays.sort(x);
    Arrays.sort(y);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += Math.abs(x[i] - y[i]);
    }
    return sum / x.length;
  }
}
