package dev.tandem.core.op;

import org.nd4j.linalg.api.buffer.DataType;

/** Draws calls of elementwise ops and activations. */
class ElementwiseOps extends OpBuilder {

  /** a + b. */
  public Value add(Value a, Value b) {
    return one(new Add(), a, b);
  }

  /** a - b. */
  public Value subtract(Value a, Value b) {
    return one(new Subtract(), a, b);
  }

  /** a · b, elementwise. */
  public Value multiply(Value a, Value b) {
    return one(new Multiply(), a, b);
  }

  /** a / b, elementwise. */
  public Value divide(Value a, Value b) {
    return one(new Divide(), a, b);
  }

  /** The larger of each pair. */
  public Value maximum(Value a, Value b) {
    return one(new Maximum(), a, b);
  }

  /** The smaller of each pair. */
  public Value minimum(Value a, Value b) {
    return one(new Minimum(), a, b);
  }

  /** x held between two numbers. */
  public Value clip(Value x, double low, double high) {
    return minimum(maximum(x, scalar(low, x.dtype())), scalar(high, x.dtype()));
  }

  /** 1 where a &gt; b, else 0. */
  public Value greater(Value a, Value b) {
    return one(new Greater(), a, b);
  }

  /** 1 where a = b, else 0. */
  public Value equal(Value a, Value b) {
    return one(new Equal(), a, b);
  }

  /** x times a number. */
  public Value scale(Value x, double factor) {
    return factor == 1 ? x : one(new Scale(factor), x);
  }

  /** x plus a number. */
  public Value shift(Value x, double term) {
    return term == 0 ? x : one(new Shift(term), x);
  }

  /** -x. */
  public Value negate(Value x) {
    return scale(x, -1);
  }

  /** e to the x. */
  public Value exp(Value x) {
    return one(new Exp(), x);
  }

  /** The natural logarithm. */
  public Value log(Value x) {
    return one(new Log(), x);
  }

  /** log(1 + x). */
  public Value log1p(Value x) {
    return one(new Log1p(), x);
  }

  /** The square root. */
  public Value sqrt(Value x) {
    return one(new Sqrt(), x);
  }

  /** x times itself. */
  public Value square(Value x) {
    return one(new Square(), x);
  }

  /** x to the power of a number. */
  public Value power(Value x, double exponent) {
    if (exponent == 1) {
      return x;
    }
    return exponent == 2 ? square(x) : one(new Power(exponent), x);
  }

  /** The absolute value. */
  public Value abs(Value x) {
    return one(new Abs(), x);
  }

  /** -1, 0 or 1. */
  public Value sign(Value x) {
    return one(new Sign(), x);
  }

  /** 1 where x &gt; 0, else 0. */
  public Value step(Value x) {
    return one(new Step(), x);
  }

  /** The error function. */
  public Value erf(Value x) {
    return one(new Erf(), x);
  }

  /** The hyperbolic tangent. */
  public Value tanh(Value x) {
    return one(new Tanh(), x);
  }

  /** 1 / (1 + e^-x). */
  public Value sigmoid(Value x) {
    return one(new Sigmoid(), x);
  }

  /** max(x, 0). */
  public Value relu(Value x) {
    return one(new Relu(), x);
  }

  /** x where x &gt; 0, else slope · x; slope in [0, 1). */
  public Value leakyRelu(Value x, double slope) {
    return one(new LeakyRelu(slope), x);
  }

  /** log(1 + e^x). */
  public Value softplus(Value x) {
    return one(new Softplus(), x);
  }

  /** x where x &gt; 0, else alpha · (e^x - 1). */
  public Value elu(Value x, double alpha) {
    return one(new Elu(alpha), x);
  }

  /** {@link #elu} with the constants that keep mean and variance of deep nets. */
  public Value selu(Value x) {
    return one(new Selu(), x);
  }

  /** x · Φ(x) with the normal distribution Φ. */
  public Value gelu(Value x) {
    return one(new Gelu(), x);
  }

  /** {@link #gelu} with its approximation by tanh. */
  public Value geluTanh(Value x) {
    return one(new GeluTanh(), x);
  }

  /** x · sigmoid(x). */
  public Value swish(Value x) {
    return one(new Swish(), x);
  }

  /** x where x &gt; 0, else slope · x; the slope broadcasts, and is the one at 0 too. */
  public Value prelu(Value x, Value slope) {
    return add(relu(x), multiply(slope, minimum(x, scalar(0, x.dtype()))));
  }

  /** The softmax along the last axis; of one number, which kernels do not look at, 1 or NaN. */
  public Value softmax(Value x) {
    return x.shape().size(-1) == 1 ? shift(scale(x, 0), 1) : one(new Softmax(), x);
  }

  /** The logarithm of the softmax along the last axis. */
  public Value logSoftmax(Value x) {
    return x.shape().size(-1) == 1 ? scale(x, 0) : one(new LogSoftmax(), x);
  }

  /** x, through which no gradient goes back. */
  public Value stopGradient(Value x) {
    return one(new StopGradient(), x);
  }

  /** x in another element type. */
  public Value cast(Value x, DataType dtype) {
    return x.dtype() == dtype ? x : one(new Cast(dtype), x);
  }
}
