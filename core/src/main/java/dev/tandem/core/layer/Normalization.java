package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Features brought to mean 0 and variance 1 by the statistics of data, which {@link #adapt} takes:
 * {@code (x - mean) / max(√variance, 1e-7)} for each feature of the last axis, any shape (batch, …,
 * features) to the same shape. Weights, which no step moves: mean and variance, (features) each, 0
 * and 1 until it is adapted.
 */
public final class Normalization extends SimpleLayer<Normalization> {

  private static final Logger LOG = LoggerFactory.getLogger(Normalization.class);

  private static final double SMALLEST = 1e-7;

  private @Nullable Weight mean;
  private @Nullable Weight variance;
  private boolean warned;

  Normalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer to be adapted to data after its first call. */
  public static Normalization of() {
    return new Normalization(LayerSettings.none());
  }

  @Override
  protected void build(TensorSpec input) {
    Shape features = Shape.of(input.shape().size(-1));
    mean = state("mean", features, input.dtype(), Initializers.zeros());
    variance = state("variance", features, input.dtype(), Initializers.ones());
  }

  @Override
  protected Shape output(Shape input) {
    requireSamples(input);
    return input;
  }

  /**
   * Takes mean and biased variance of each feature of these arrays together, in float64, in place
   * of those before. To be done with the training data, before training, and after the first call.
   *
   * @param data arrays (…, features), such as the batches of a data set
   * @throws IllegalStateException before the first call
   * @throws IllegalArgumentException if there is no data, it has other features, or a mean or
   *     variance is not finite; nothing has changed then
   */
  public void adapt(INDArray... data) {
    if (mean == null || variance == null) {
      throw new IllegalStateException(
          describe()
              + " was not called yet, so its features are not known; call it on an input, and"
              + " then adapt it");
    }
    int features = Math.toIntExact(mean.length());
    Moments moments = new Moments(features);
    for (INDArray array : data) {
      if (array.rank() == 0 || array.size(-1) != features) {
        throw new IllegalArgumentException(
            describe()
                + " is adapted to arrays (…, "
                + features
                + "), got "
                + Shape.of(array.shape())
                + "; give it what its input is fed with");
      }
      if (!array.isEmpty()) {
        moments.add(array.reshape('c', array.length() / features, features));
      }
    }
    if (moments.rows == 0) {
      throw new IllegalArgumentException(
          describe() + " was adapted to no data; give it arrays (…, " + features + ")");
    }
    double[] means = moments.means();
    double[] variances = moments.variances();
    for (int i = 0; i < features; i++) {
      if (!Double.isFinite(means[i]) || !Double.isFinite(variances[i])) {
        throw new IllegalArgumentException(
            describe()
                + " was adapted to data whose feature "
                + i
                + " has mean "
                + means[i]
                + " and variance "
                + variances[i]
                + "; take out what is not finite");
      }
    }
    mean.set(Nd4j.createFromArray(means).castTo(mean.spec().dtype()));
    variance.set(Nd4j.createFromArray(variances).castTo(variance.spec().dtype()));
  }

  /** Sums of rows and of their squares, around the first row so that large means cost no digits. */
  private static final class Moments {

    private static final long CHUNK = 1024;

    private final double[] first;
    private final double[] sums;
    private final double[] squares;
    private long rows;

    Moments(int features) {
      first = new double[features];
      sums = new double[features];
      squares = new double[features];
    }

    void add(INDArray table) {
      for (long from = 0; from < table.size(0); from += CHUNK) {
        long to = Math.min(from + CHUNK, table.size(0));
        INDArray part = table.get(NDArrayIndex.interval(from, to), NDArrayIndex.all());
        addNumbers(part.castTo(DataType.DOUBLE).dup('c').data().asDouble());
      }
    }

    private void addNumbers(double[] numbers) {
      if (rows == 0) {
        System.arraycopy(numbers, 0, first, 0, first.length);
      }
      for (int i = 0; i < numbers.length; i++) {
        int feature = i % first.length;
        double apart = numbers[i] - first[feature];
        sums[feature] += apart;
        squares[feature] += apart * apart;
      }
      rows += numbers.length / first.length;
    }

    double[] means() {
      double[] means = new double[first.length];
      Arrays.setAll(means, i -> first[i] + sums[i] / rows);
      return means;
    }

    double[] variances() {
      double[] variances = new double[first.length];
      Arrays.setAll(
          variances, i -> Math.max(squares[i] / rows - sums[i] / rows * (sums[i] / rows), 0));
      return variances;
    }
  }

  /** Says once that data goes through as it is. */
  private void warnUnlessAdapted() {
    Weight center = Objects.requireNonNull(mean);
    Weight spread = Objects.requireNonNull(variance);
    boolean plain =
        !warned
            && (center.isNew()
                || center.values().amaxNumber().doubleValue() == 0
                    && spread.values().sub(1).amaxNumber().doubleValue() == 0);
    if (plain) {
      warned = true;
      LOG.warn(
          "{} has mean 0 and variance 1, as if it was never adapted: data goes through it as it is;"
              + " call adapt(data) with the training data before training, or load its weights",
          describe());
    }
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    warnUnlessAdapted();
    Value deviation = ops.sqrt(forward.weight(Objects.requireNonNull(variance)));
    Value divisor = ops.maximum(deviation, ops.scalar(SMALLEST, x.dtype()));
    return ops.divide(ops.subtract(x, forward.weight(Objects.requireNonNull(mean))), divisor);
  }

  @Override
  protected boolean carriesMasks() {
    return true;
  }
}
