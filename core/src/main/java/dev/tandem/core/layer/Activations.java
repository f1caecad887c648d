package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** The standard activations. */
public final class Activations {

  private Activations() {}

  /** max(x, 0). */
  public record Relu() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.relu(x);
    }
  }

  /** x where x &gt; 0, else slope · x. */
  public record LeakyRelu(double slope) implements Activation {
    /** Checks the slope. */
    public LeakyRelu {
      Check.fraction("leaky relu slope", slope);
    }

    @Override
    public Value apply(Ops ops, Value x) {
      return ops.leakyRelu(x, slope);
    }
  }

  /** The hyperbolic tangent. */
  public record Tanh() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.tanh(x);
    }
  }

  /** 1 / (1 + e^-x). */
  public record Sigmoid() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.sigmoid(x);
    }
  }

  /** The softmax along the last axis. */
  public record Softmax() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.softmax(x);
    }
  }

  /** max(x, 0). */
  public static Activation relu() {
    return new Relu();
  }

  /** x where x &gt; 0, else slope · x; slope in [0, 1). */
  public static Activation leakyRelu(double slope) {
    return new LeakyRelu(slope);
  }

  /** The hyperbolic tangent. */
  public static Activation tanh() {
    return new Tanh();
  }

  /** 1 / (1 + e^-x). */
  public static Activation sigmoid() {
    return new Sigmoid();
  }

  /** The softmax along the last axis. */
  public static Activation softmax() {
    return new Softmax();
  }
}
