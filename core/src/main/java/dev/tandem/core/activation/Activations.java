package dev.tandem.core.activation;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;

/** The standard activations. */
public final class Activations {

  private Activations() {}

  /** max(x, 0). */
  public record Relu() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.relu(ops, x);
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
      return ActivationOps.leakyRelu(ops, x, slope);
    }
  }

  /** x where x &gt; 0, else alpha · (e^x - 1). */
  public record Elu(double alpha) implements Activation {
    /** Checks alpha. */
    public Elu {
      Check.notNegative("elu alpha", alpha);
    }

    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.elu(ops, x, alpha);
    }
  }

  /** x held between 0 and a highest value. */
  public record CappedRelu(double highest) implements Activation {
    /** Checks the highest value. */
    public CappedRelu {
      Check.aboveZero("highest value of a capped relu", highest);
    }

    @Override
    public Value apply(Ops ops, Value x) {
      return ops.clip(x, 0, highest);
    }
  }

  /** slope · x + 0.5 held between 0 and 1. */
  public record HardSigmoid(double slope) implements Activation {
    /** Checks the slope. */
    public HardSigmoid {
      Check.aboveZero("hard sigmoid slope", slope);
    }

    @Override
    public Value apply(Ops ops, Value x) {
      return ops.clip(ops.shift(ops.scale(x, slope), 0.5), 0, 1);
    }
  }

  /** The self-normalizing elu. */
  public record Selu() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.selu(ops, x);
    }
  }

  /** x · Φ(x), exactly or by tanh. */
  public record Gelu(boolean approximate) implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return approximate ? ActivationOps.geluTanh(ops, x) : ActivationOps.gelu(ops, x);
    }
  }

  /** x · sigmoid(x). */
  public record Swish() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.swish(ops, x);
    }
  }

  /** The hyperbolic tangent. */
  public record Tanh() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.tanh(ops, x);
    }
  }

  /** 1 / (1 + e^-x). */
  public record Sigmoid() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.sigmoid(ops, x);
    }
  }

  /** log(1 + e^x). */
  public record Softplus() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.softplus(ops, x);
    }
  }

  /** The softmax along the last axis. */
  public record Softmax() implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ActivationOps.softmax(ops, x);
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

  /** x where x &gt; 0, else e^x - 1: Clevert, Unterthiner, Hochreiter, 2015, arXiv:1511.07289. */
  public static Activation elu() {
    return new Elu(1);
  }

  /** x where x &gt; 0, else alpha · (e^x - 1); alpha at least 0. */
  public static Activation elu(double alpha) {
    return new Elu(alpha);
  }

  /**
   * x held between 0 and a highest value above 0: {@code cappedRelu(6)} is the relu6 of MobileNets
   * (Howard et al., 2017, arXiv:1704.04861).
   */
  public static Activation cappedRelu(double highest) {
    return new CappedRelu(highest);
  }

  /**
   * slope · x + 0.5 held between 0 and 1, a {@link #sigmoid} of straight lines; slope above 0. It
   * is 0.2 in Keras 2 and 1/6 in Keras 3 and PyTorch.
   */
  public static Activation hardSigmoid(double slope) {
    return new HardSigmoid(slope);
  }

  /**
   * Elu with the constants that keep mean and variance from layer to layer, for kernels of {@link
   * dev.tandem.core.initializer.Initializers#lecunNormal}: Klambauer et al., 2017,
   * arXiv:1706.02515.
   */
  public static Activation selu() {
    return new Selu();
  }

  /** x · Φ(x) with the normal distribution Φ: Hendrycks, Gimpel, 2016, arXiv:1606.08415. */
  public static Activation gelu() {
    return new Gelu(false);
  }

  /** {@link #gelu} by tanh: ½x · (1 + tanh(√(2/π) · (x + 0.044715 · x³))). */
  public static Activation approximateGelu() {
    return new Gelu(true);
  }

  /** x · sigmoid(x), or silu: Ramachandran, Zoph, Le, 2017, arXiv:1710.05941. */
  public static Activation swish() {
    return new Swish();
  }

  /** The hyperbolic tangent. */
  public static Activation tanh() {
    return new Tanh();
  }

  /** 1 / (1 + e^-x). */
  public static Activation sigmoid() {
    return new Sigmoid();
  }

  /** log(1 + e^x). */
  public static Activation softplus() {
    return new Softplus();
  }

  /** The softmax along the last axis. */
  public static Activation softmax() {
    return new Softmax();
  }
}
