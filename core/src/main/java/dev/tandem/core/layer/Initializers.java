package dev.tandem.core.layer;

import dev.tandem.core.op.CounterRandom;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The standard first values. */
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
    @Override
    public void fill(INDArray array, CounterRandom random) {
      random.normal(array);
      array.muli(deviation).addi(mean);
    }
  }

  /** Uniform numbers in [low, high). */
  public record Uniform(double low, double high) implements Initializer {
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

  /** Normal numbers around 0. */
  public static Initializer normal(double deviation) {
    return new Normal(0, deviation);
  }

  /** Uniform numbers in [low, high). */
  public static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /** Uniform in ±√(6 / (fan in + fan out)): Glorot and Bengio, AISTATS 2010. */
  public static Initializer glorotUniform() {
    return new Scaled(1, Scaled.Fan.AVERAGE, false);
  }
}
