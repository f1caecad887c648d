package dev.tandem.core.optimizer;

/**
 * An optimizer of one number, written down as its paper and Keras 3 write it, without any
 * rearrangement.
 */
@FunctionalInterface
interface PlainOptimizer {

  /**
   * Moves a weight.
   *
   * @param s what is remembered, of length 3 and zeros at first
   * @param t the step, from 1
   */
  double move(double w, double g, double[] s, int t, double rate);

  /** The same at a multiple of the rate. */
  default PlainOptimizer faster(double factor) {
    return (w, g, s, t, rate) -> move(w, g, s, t, factor * rate);
  }

  static PlainOptimizer sgd(double momentum, boolean nesterov) {
    return (w, g, s, t, rate) -> {
      s[0] = momentum * s[0] - rate * g;
      return nesterov ? w + momentum * s[0] - rate * g : w + s[0];
    };
  }

  static PlainOptimizer rmsProp(double rho, double momentum, double epsilon, boolean centered) {
    return (w, g, s, t, rate) -> {
      s[0] = rho * s[0] + (1 - rho) * g * g;
      s[1] = rho * s[1] + (1 - rho) * g;
      double denominator = centered ? s[0] - s[1] * s[1] + epsilon : s[0] + epsilon;
      s[2] = momentum * s[2] + rate * g / Math.sqrt(denominator);
      return w - s[2];
    };
  }

  static PlainOptimizer adam(
      double beta1, double beta2, double epsilon, boolean amsgrad, double decay) {
    return (w, g, s, t, rate) -> {
      s[0] += (g - s[0]) * (1 - beta1);
      s[1] += (g * g - s[1]) * (1 - beta2);
      s[2] = Math.max(s[2], s[1]);
      double v = amsgrad ? s[2] : s[1];
      double alpha = rate * Math.sqrt(1 - Math.pow(beta2, t)) / (1 - Math.pow(beta1, t));
      return w - w * decay * rate - alpha * s[0] / (Math.sqrt(v) + epsilon);
    };
  }

  static PlainOptimizer adamax(double beta1, double beta2, double epsilon) {
    return (w, g, s, t, rate) -> {
      s[0] += (g - s[0]) * (1 - beta1);
      s[1] = Math.max(beta2 * s[1], Math.abs(g));
      return w - rate * s[0] / ((1 - Math.pow(beta1, t)) * (s[1] + epsilon));
    };
  }

  static PlainOptimizer nadam(double beta1, double beta2, double epsilon) {
    return (w, g, s, t, rate) -> {
      double product = 1;
      for (int i = 1; i <= t; i++) {
        product *= beta1 * (1 - .5 * Math.pow(.96, i));
      }
      double now = beta1 * (1 - .5 * Math.pow(.96, t));
      double next = beta1 * (1 - .5 * Math.pow(.96, t + 1));
      s[0] += (g - s[0]) * (1 - beta1);
      s[1] += (g * g - s[1]) * (1 - beta2);
      double m = next * s[0] / (1 - product * next) + (1 - now) * g / (1 - product);
      double v = s[1] / (1 - Math.pow(beta2, t));
      return w - m * rate / (Math.sqrt(v) + epsilon);
    };
  }

  /** What is remembered begins at {@code initial}. */
  static PlainOptimizer adaGrad(double initial, double epsilon) {
    return (w, g, s, t, rate) -> {
      s[0] = (t == 1 ? initial : s[0]) + g * g;
      return w - rate * g / Math.sqrt(s[0] + epsilon);
    };
  }

  static PlainOptimizer adaDelta(double rho, double epsilon) {
    return (w, g, s, t, rate) -> {
      s[0] = rho * s[0] + (1 - rho) * g * g;
      double delta = -Math.sqrt(s[1] + epsilon) * g / Math.sqrt(s[0] + epsilon);
      s[1] = rho * s[1] + (1 - rho) * delta * delta;
      return w + rate * delta;
    };
  }

  static PlainOptimizer adaBelief(double beta1, double beta2, double epsilon) {
    return (w, g, s, t, rate) -> {
      s[0] = beta1 * s[0] + (1 - beta1) * g;
      s[1] = beta2 * s[1] + (1 - beta2) * (g - s[0]) * (g - s[0]) + epsilon;
      double m = s[0] / (1 - Math.pow(beta1, t));
      double v = s[1] / (1 - Math.pow(beta2, t));
      return w - rate * m / (Math.sqrt(v) + epsilon);
    };
  }
}
