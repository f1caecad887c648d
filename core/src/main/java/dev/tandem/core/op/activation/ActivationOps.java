package dev.tandem.core.op.activation;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Activations, elementwise or along the last axis. */
public final class ActivationOps {

  private ActivationOps() {}

  /** The hyperbolic tangent. */
  public static Value tanh(Ops ops, Value x) {
    return ops.one(new Tanh(), x);
  }

  /** 1 / (1 + e^-x). */
  public static Value sigmoid(Ops ops, Value x) {
    return ops.one(new Sigmoid(), x);
  }

  /** max(x, 0). */
  public static Value relu(Ops ops, Value x) {
    return ops.one(new Relu(), x);
  }

  /** x where x &gt; 0, else slope · x; slope in [0, 1). */
  public static Value leakyRelu(Ops ops, Value x, double slope) {
    return ops.one(new LeakyRelu(slope), x);
  }

  /** log(1 + e^x). */
  public static Value softplus(Ops ops, Value x) {
    return ops.one(new Softplus(), x);
  }

  /** x where x &gt; 0, else alpha · (e^x - 1). */
  public static Value elu(Ops ops, Value x, double alpha) {
    return ops.one(new Elu(alpha), x);
  }

  /** {@link #elu} with the constants that keep mean and variance of deep nets. */
  public static Value selu(Ops ops, Value x) {
    return ops.one(new Selu(), x);
  }

  /** x · Φ(x) with the normal distribution Φ. */
  public static Value gelu(Ops ops, Value x) {
    return ops.one(new Gelu(), x);
  }

  /** {@link #gelu} with its approximation by tanh. */
  public static Value geluTanh(Ops ops, Value x) {
    return ops.one(new GeluTanh(), x);
  }

  /** x · sigmoid(x). */
  public static Value swish(Ops ops, Value x) {
    return ops.one(new Swish(), x);
  }

  /** x where x &gt; 0, else slope · x; the slope broadcasts, and is the one at 0 too. */
  public static Value prelu(Ops ops, Value x, Value slope) {
    return ops.add(relu(ops, x), ops.multiply(slope, ops.minimum(x, ops.scalar(0, x.dtype()))));
  }

  /** The softmax along the last axis; of one number, which kernels do not look at, 1 or NaN. */
  public static Value softmax(Ops ops, Value x) {
    return x.shape().size(-1) == 1 ? ops.shift(ops.scale(x, 0), 1) : ops.one(new Softmax(), x);
  }

  /** The logarithm of the softmax along the last axis. */
  public static Value logSoftmax(Ops ops, Value x) {
    return x.shape().size(-1) == 1 ? ops.scale(x, 0) : ops.one(new LogSoftmax(), x);
  }
}
