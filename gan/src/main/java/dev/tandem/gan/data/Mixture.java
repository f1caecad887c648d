package dev.tandem.gan.data;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mixture of Gaussians with one standard deviation in every direction. The class of an example is
 * the component it was sampled from.
 *
 * <p>Component and noise of a row come from two counter-based streams of (seed, step), at positions
 * that depend on the row alone.
 *
 * @param name the protocol, as in {@code ring8-pacgan}
 * @param means the middle of each component, all of one length
 * @param weights the share of each component, positive, with sum 1
 * @param sigma the standard deviation in each direction, positive
 */
public record Mixture(
    String name,
    ImmutableList<ImmutableDoubleArray> means,
    ImmutableDoubleArray weights,
    double sigma)
    implements LabeledSource {

  private static final int COMPONENT = 0;
  private static final int NOISE = 1;

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there is no component, lengths differ, or a number is out
   *     of its range
   */
  public Mixture {
    if (means.isEmpty() || means.get(0).isEmpty() || means.size() != weights.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "mixture \"%s\" needs a mean and a weight for each component, at least one, got %d"
                  + " means and %d weights",
              name,
              means.size(),
              weights.length()));
    }
    for (ImmutableDoubleArray mean : means) {
      if (mean.length() != means.get(0).length()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "means of mixture \"%s\" differ in length: %s and %s",
                name,
                means.get(0),
                mean));
      }
    }
    if (!(sigma > 0)) {
      throw new IllegalArgumentException(
          "sigma of mixture \"" + name + "\" is not positive: " + sigma);
    }
    double sum = weights.stream().sum();
    if (!weights.stream().allMatch(weight -> weight > 0) || Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "weights of mixture \"%s\" are not positive with sum 1: %s",
              name,
              weights));
    }
  }

  /**
   * A mixture of equal shares.
   *
   * @param name what it is called
   * @param means the middle of each component
   * @param sigma the standard deviation in each direction
   */
  public static Mixture uniform(String name, List<ImmutableDoubleArray> means, double sigma) {
    double[] weights = new double[means.size()];
    Arrays.fill(weights, 1.0 / weights.length);
    return new Mixture(
        name, ImmutableList.copyOf(means), ImmutableDoubleArray.copyOf(weights), sigma);
  }

  /**
   * A mixture of the literature, by the name of its protocol; {@link #names} lists them.
   *
   * @throws IllegalArgumentException if there is none of that name; names those there are
   */
  public static Mixture named(String name) {
    return Protocols.mixture(name);
  }

  /** The names of the protocols. */
  public static ImmutableSet<String> names() {
    return Protocols.names();
  }

  /**
   * The same mixture in units of its standard deviation: all numbers divided by the root of the
   * mean variance of its coordinates. Points keep their modes and their Mahalanobis distances.
   */
  public Mixture inUnitsOfItsDeviation() {
    double variance = sigma * sigma;
    for (int axis = 0; axis < dimensions(); axis++) {
      variance += spread(axis) / dimensions();
    }
    double unit = Math.sqrt(variance);
    return new Mixture(
        name,
        means.stream()
            .map(mean -> ImmutableDoubleArray.copyOf(mean.stream().map(at -> at / unit)))
            .collect(ImmutableList.toImmutableList()),
        weights,
        sigma / unit);
  }

  /** The variance of the means along an axis. */
  private double spread(int axis) {
    double mean = 0;
    double square = 0;
    for (int i = 0; i < weights.length(); i++) {
      double at = means.get(i).get(axis);
      mean += weights.get(i) * at;
      square += weights.get(i) * at * at;
    }
    return square - mean * mean;
  }

  /** The number of components. */
  @Override
  public int classes() {
    return means.size();
  }

  /** The number of coordinates of an example. */
  public int dimensions() {
    return means.get(0).length();
  }

  @Override
  public Shape example() {
    return Shape.of(dimensions());
  }

  @Override
  public void fill(long seed, long step, INDArray batch) {
    FloatBuffer values = FloatMemory.overwrite(batch, this);
    CounterRandom noise = CounterRandom.of(seed, step, NOISE);
    int dimensions = dimensions();
    int[] components = new int[Math.toIntExact(batch.size(0))];
    fillLabels(seed, step, components);
    for (int row = 0; row < components.length; row++) {
      ImmutableDoubleArray mean = means.get(components[row]);
      for (int axis = 0; axis < dimensions; axis++) {
        int at = row * dimensions + axis;
        values.put(at, (float) (mean.get(axis) + sigma * noise.normal(at)));
      }
    }
  }

  @Override
  public void fillLabels(long seed, long step, int[] labels) {
    CounterRandom choice = CounterRandom.of(seed, step, COMPONENT);
    for (int row = 0; row < labels.length; row++) {
      labels[row] = component(choice.uniform(row));
    }
  }

  private int component(double uniform) {
    double below = 0;
    for (int i = 0; i < weights.length() - 1; i++) {
      below += weights.get(i);
      if (uniform < below) {
        return i;
      }
    }
    return weights.length() - 1;
  }
}
