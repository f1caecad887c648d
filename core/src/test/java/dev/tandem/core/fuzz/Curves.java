package dev.tandem.core.fuzz;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An activation and its formula.
 *
 * @param smooth whether it has a slope everywhere
 */
record Curves(Activation activation, UnaryOperator<Grid> formula, boolean smooth) {

  private static final double SELU = 1.0507009873554805;
  private static final double SELU_ALPHA = 1.6732632423543772;

  /** Those that the fuzz draws from. */
  static final List<Curves> ALL =
      List.of(
          new Curves(Activations.relu(), x -> x.map(v -> v < 0 ? 0 : v), false),
          new Curves(Activations.leakyRelu(.2), x -> x.map(v -> v < 0 ? .2 * v : v), false),
          new Curves(Activations.elu(), x -> x.map(v -> v < 0 ? Math.expm1(v) : v), false),
          new Curves(
              Activations.selu(),
              x -> x.map(v -> SELU * (v < 0 ? SELU_ALPHA * Math.expm1(v) : v)),
              false),
          new Curves(Activations.approximateGelu(), x -> x.map(Curves::gelu), true),
          new Curves(Activations.swish(), x -> x.map(v -> v * sigmoid(v)), true),
          new Curves(Activations.tanh(), x -> x.map(Math::tanh), true),
          new Curves(Activations.sigmoid(), x -> x.map(Curves::sigmoid), true),
          new Curves(Activations.softplus(), x -> x.map(Curves::softplus), true),
          new Curves(Activations.softmax(), Formulas::softmax, true));

  static double sigmoid(double v) {
    return 1 / (1 + Math.exp(-v));
  }

  static double softplus(double v) {
    return Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
  }

  private static double gelu(double v) {
    return .5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + .044715 * v * v * v)));
  }
}
