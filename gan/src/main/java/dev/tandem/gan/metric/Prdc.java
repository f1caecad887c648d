package dev.tandem.gan.metric;

import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Arrays;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Precision and recall (Kynkäänniemi et al., arXiv 1904.06991), density and coverage (Naeem et al.,
 * arXiv 2002.09797). A side's manifold is a ball around each of its samples that reaches to its
 * k-th nearest neighbor of the same side; "in a ball" is strict.
 *
 * <ul>
 *   <li>precision: the share of generated samples in a ball of a real one
 *   <li>recall: the share of real samples in a ball of a generated one
 *   <li>density: the mean number of real balls that a generated sample is in, divided by k
 *   <li>coverage: the share of real samples whose ball holds a generated one
 * </ul>
 *
 * <p>A sample with k equal ones has a ball of radius 0, in which nothing is, itself neither.
 * Generated samples that are all alike thus have a recall of 0. Where that holds for all real
 * samples, nothing can be measured against them, and they are refused.
 *
 * <p>Standard errors are those of the means over samples, the balls held. Distances are computed in
 * strips.
 */
public final class Prdc {

  private static final String NAME = "PRDC";

  private Prdc() {}

  /**
   * The four scores.
   *
   * @param precision in [0, 1]
   * @param recall in [0, 1]
   * @param density at least 0; about 1 for equal distributions
   * @param coverage in [0, 1]
   */
  public record Report(Score precision, Score recall, Score density, Score coverage) {}

  /** The four numbers with their errors. */
  record Estimates(Estimate precision, Estimate recall, Estimate density, Estimate coverage) {}

  /**
   * Measures generated samples with k = 5, as the paper on density and coverage does.
   *
   * @param real what to measure against
   * @param fake generated samples, seen by the same extractor
   * @param seed is reported; nothing here is random
   * @throws IllegalArgumentException if there are too few samples, extractors differ, or all real
   *     samples have k equal ones
   */
  public static Report measure(RealFeatures real, Features fake, long seed) {
    return measure(real, fake, 5, seed);
  }

  /**
   * Measures generated samples.
   *
   * @param real what to measure against
   * @param fake generated samples, seen by the same extractor
   * @param nearest k, at least 1
   * @param seed is reported; nothing here is random
   * @throws IllegalArgumentException if there are not more than k samples, extractors differ, or
   *     all real samples have k equal ones
   */
  public static Report measure(RealFeatures real, Features fake, int nearest, long seed) {
    if (nearest < 1) {
      throw new IllegalArgumentException("neighbor k of PRDC is not at least 1: " + nearest);
    }
    real.requireComparable(fake);
    SampleSize.require(NAME, nearest + 1L, "a neighbor number " + nearest, real, fake);
    INDArray reference = real.reference().values();
    INDArray center = reference.mean(true, 0).reshape('c', 1, reference.size(1));
    INDArray moved = moved(reference, center);
    double[] radii = radii(moved, nearest);
    requireBalls(radii, nearest);
    Estimates fakes = estimates(moved, radii, moved(fake.values(), center), nearest);
    Estimates reals = estimates(moved, radii, moved(real.standIn(fake).values(), center), nearest);
    Sampling sampling = Sampling.of(real, fake, seed);
    return new Report(
        score("precision", fakes.precision(), reals.precision(), Bounds.SHARE, sampling),
        score("recall", fakes.recall(), reals.recall(), Bounds.SHARE, sampling),
        score("density", fakes.density(), reals.density(), Bounds.NOT_NEGATIVE, sampling),
        score("coverage", fakes.coverage(), reals.coverage(), Bounds.SHARE, sampling));
  }

  private static void requireBalls(double[] radii, int nearest) {
    if (Arrays.stream(radii).allMatch(radius -> radius == 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "each of the %d real samples has %d equal ones among them: all balls of PRDC have"
                  + " radius 0, and nothing can lie in them; give real samples that differ, or an"
                  + " extractor that tells them apart",
              radii.length,
              nearest));
    }
  }

  private static Score score(
      String name, Estimate fake, Estimate real, Bounds bounds, Sampling sampling) {
    return Score.of(name, fake, bounds, real.value(), sampling);
  }

  /** Distances do not change, but near the origin less is lost to rounding. */
  private static INDArray moved(INDArray rows, INDArray center) {
    return rows.subRowVector(center).dup('c');
  }

  /** The squared distance from each row to its k-th nearest other row. */
  static double[] radii(INDArray rows, int nearest) {
    double[] radii = new double[Math.toIntExact(rows.size(0))];
    double[] smallest = new double[nearest];
    new Distances(rows, rows)
        .forEach(
            (row, distances) -> {
              Arrays.fill(smallest, Double.POSITIVE_INFINITY);
              for (int other = 0; other < distances.length; other++) {
                if (other != row && distances[other] < smallest[nearest - 1]) {
                  insert(smallest, distances[other]);
                }
              }
              radii[row] = smallest[nearest - 1];
            });
    return radii;
  }

  /** Puts a number in its place among ascending ones, of which the last drops out. */
  private static void insert(double[] ascending, double number) {
    int at = ascending.length - 1;
    while (at > 0 && ascending[at - 1] > number) {
      ascending[at] = ascending[at - 1];
      at--;
    }
    ascending[at] = number;
  }

  static Estimates estimates(INDArray real, double[] realRadii, INDArray fake, int nearest) {
    double[] fakeRadii = radii(fake, nearest);
    double[] isPrecise = new double[fakeRadii.length];
    double[] densities = new double[fakeRadii.length];
    double[] isRecalled = new double[realRadii.length];
    double[] isCovered = new double[realRadii.length];
    new Distances(real, fake)
        .forEach(
            (row, distances) -> {
              for (int column = 0; column < distances.length; column++) {
                if (distances[column] < realRadii[row]) {
                  isPrecise[column] = 1;
                  densities[column] += 1.0 / nearest;
                  isCovered[row] = 1;
                }
                if (distances[column] < fakeRadii[column]) {
                  isRecalled[row] = 1;
                }
              }
            });
    return new Estimates(
        Estimate.mean(isPrecise),
        Estimate.mean(isRecalled),
        Estimate.mean(densities),
        Estimate.mean(isCovered));
  }
}
