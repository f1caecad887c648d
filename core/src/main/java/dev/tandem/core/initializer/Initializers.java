package dev.tandem.core.initializer;

import dev.tandem.core.initializer.VarianceScaling.Distribution;
import dev.tandem.core.initializer.VarianceScaling.Fan;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.OwnedArrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The standard first values. The same seed gives the same numbers. */
public final class Initializers {

  private Initializers() {}

  /** One number everywhere. */
  public record Constant(double value) implements Initializer {
    @Override
    public void fill(INDArray array, CounterRandom random) {
      array.assign(value);
    }
  }

  /** Normal numbers. */
  public record Normal(double mean, double deviation) implements Initializer {
    /** Checks the deviation. */
    public Normal {
      Check.notNegative("deviation", deviation);
    }

    @Override
    public void fill(INDArray array, CounterRandom random) {
      random.normal(array);
      array.muli(deviation).addi(mean);
    }
  }

  /** Normal numbers, sampled again where they lie beyond two standard deviations. */
  public record TruncatedNormal(double mean, double deviation) implements Initializer {
    private static final double BOUND = 2;

    /** Checks the deviation. */
    public TruncatedNormal {
      Check.notNegative("deviation", deviation);
    }

    @Override
    public void fill(INDArray array, CounterRandom random) {
      double[] values = new double[Math.toIntExact(array.length())];
      for (int i = 0; i < values.length; i++) {
        long position = i;
        double number = random.normal(position);
        while (Math.abs(number) > BOUND) {
          position += values.length;
          number = random.normal(position);
        }
        values[i] = mean + deviation * number;
      }
      set(array, values);
    }
  }

  /** Gives an array these values in 'c' order; nothing is left to the garbage collector. */
  static void set(INDArray array, double[] values) {
    INDArray doubles = OwnedArrays.create(DataType.DOUBLE, values.length);
    doubles.data().setData(values);
    array.assign(doubles.reshape(array.shape()));
    OwnedArrays.free(doubles);
  }

  /** Uniform numbers in [low, high). */
  public record Uniform(double low, double high) implements Initializer {
    /** Checks the order. */
    public Uniform {
      if (!(low <= high)) {
        throw new IllegalArgumentException("low is above high: " + low + " and " + high);
      }
    }

    @Override
    public void fill(INDArray array, CounterRandom random) {
      random.uniform(array);
      array.muli(high - low).addi(low);
    }
  }

  /** Everything 0. */
  public static Initializer zeros() {
    return new Constant(0);
  }

  /** Everything 1. */
  public static Initializer ones() {
    return new Constant(1);
  }

  /** One number everywhere. */
  public static Initializer constant(double value) {
    return new Constant(value);
  }

  /** Normal numbers around 0. */
  public static Initializer normal(double deviation) {
    return new Normal(0, deviation);
  }

  /** Normal numbers. */
  public static Initializer normal(double mean, double deviation) {
    return new Normal(mean, deviation);
  }

  /** Normal numbers around 0, sampled again where they lie beyond two standard deviations. */
  public static Initializer truncatedNormal(double deviation) {
    return new TruncatedNormal(0, deviation);
  }

  /** Uniform numbers in [low, high). */
  public static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /** Uniform in ±√(6 / (fan in + fan out)): Glorot, Bengio, AISTATS 2010. */
  public static Initializer glorotUniform() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.UNIFORM);
  }

  /** Truncated normal of variance 2 / (fan in + fan out): Glorot, Bengio, AISTATS 2010. */
  public static Initializer glorotNormal() {
    return new VarianceScaling(1, Fan.AVERAGE, Distribution.TRUNCATED_NORMAL);
  }

  /** Uniform in ±√(6 / fan in), for relu: He et al., 2015, arXiv:1502.01852. */
  public static Initializer heUniform() {
    return new VarianceScaling(2, Fan.IN, Distribution.UNIFORM);
  }

  /** Truncated normal of variance 2 / fan in, for relu: He et al., 2015, arXiv:1502.01852. */
  public static Initializer heNormal() {
    return new VarianceScaling(2, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }

  /** Uniform in ±√(3 / fan in): LeCun et al., Efficient BackProp, 1998. */
  public static Initializer lecunUniform() {
    return new VarianceScaling(1, Fan.IN, Distribution.UNIFORM);
  }

  /** Truncated normal of variance 1 / fan in: LeCun et al., Efficient BackProp, 1998. */
  public static Initializer lecunNormal() {
    return new VarianceScaling(1, Fan.IN, Distribution.TRUNCATED_NORMAL);
  }

  /** Orthonormal columns, or rows if there are fewer: Saxe et al., 2013, arXiv:1312.6120. */
  public static Initializer orthogonal() {
    return new Orthogonal(1);
  }

  /** {@link #orthogonal()} times a gain. */
  public static Initializer orthogonal(double gain) {
    return new Orthogonal(gain);
  }
}
