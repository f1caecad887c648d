package dev.tandem.core.layer;

import dev.tandem.core.autodiff.Gradients;
import dev.tandem.core.graph.SymbolicTensor;
import java.util.List;

/**
 * Arithmetic on symbolic tensors, to draw losses and penalties with: any scalar drawn from tensors
 * of a model can be a loss.
 */
public final class Tensors {

  private Tensors() {}

  private static SymbolicTensor draw(
      String name, Lambda.Function function, SymbolicTensor... inputs) {
    return Lambda.of(AutoNames.next(name), function).apply(inputs);
  }

  /** a + b. */
  public static SymbolicTensor add(SymbolicTensor a, SymbolicTensor b) {
    return draw("sum", (ops, in) -> ops.add(in.get(0), in.get(1)), a, b);
  }

  /** a - b. */
  public static SymbolicTensor subtract(SymbolicTensor a, SymbolicTensor b) {
    return draw("difference", (ops, in) -> ops.subtract(in.get(0), in.get(1)), a, b);
  }

  /** a · b, elementwise. */
  public static SymbolicTensor multiply(SymbolicTensor a, SymbolicTensor b) {
    return draw("product", (ops, in) -> ops.multiply(in.get(0), in.get(1)), a, b);
  }

  /** x times a number. */
  public static SymbolicTensor scale(SymbolicTensor x, double factor) {
    return draw("scale", (ops, in) -> ops.scale(in.get(0), factor), x);
  }

  /** x plus a number. */
  public static SymbolicTensor shift(SymbolicTensor x, double term) {
    return draw("shift", (ops, in) -> ops.shift(in.get(0), term), x);
  }

  /** x times itself. */
  public static SymbolicTensor square(SymbolicTensor x) {
    return draw("square", (ops, in) -> ops.square(in.get(0)), x);
  }

  /** The square root. */
  public static SymbolicTensor sqrt(SymbolicTensor x) {
    return draw("sqrt", (ops, in) -> ops.sqrt(in.get(0)), x);
  }

  /** log(1 + e^x). */
  public static SymbolicTensor softplus(SymbolicTensor x) {
    return draw("softplus", (ops, in) -> ops.softplus(in.get(0)), x);
  }

  /** The mean of all elements: a scalar. */
  public static SymbolicTensor mean(SymbolicTensor x) {
    return draw("mean", (ops, in) -> ops.mean(in.get(0)), x);
  }

  /** The sum along axes. */
  public static SymbolicTensor sum(SymbolicTensor x, int... axes) {
    return draw("sum", (ops, in) -> ops.sum(in.get(0), false, axes), x);
  }

  /** The Euclidean norm of each sample, √(Σx² + ε): (batch, …) to (batch). */
  public static SymbolicTensor norm(SymbolicTensor x, double epsilon) {
    return draw(
        "norm",
        (ops, in) -> {
          int[] axes = java.util.stream.IntStream.range(1, in.get(0).rank()).toArray();
          return ops.sqrt(ops.shift(ops.sum(ops.square(in.get(0)), false, axes), epsilon));
        },
        x);
  }

  /** x, through which no gradient goes back. */
  public static SymbolicTensor stopGradient(SymbolicTensor x) {
    return draw("stop_gradient", (ops, in) -> ops.stopGradient(in.get(0)), x);
  }

  /**
   * Standard normal numbers, new in each step: one row for each sample of {@code like}.
   *
   * @return (batch, …sample)
   */
  public static SymbolicTensor randomNormal(SymbolicTensor like, long... sample) {
    return draw(
        "random_normal", (ops, in) -> ops.randomNormal(Sampling.spec(in.get(0), sample)), like);
  }

  /** Uniform numbers in [0, 1), new in each step: one row for each sample of {@code like}. */
  public static SymbolicTensor randomUniform(SymbolicTensor like, long... sample) {
    return draw(
        "random_uniform", (ops, in) -> ops.randomUniform(Sampling.spec(in.get(0), sample)), like);
  }

  /**
   * The gradient of the sum of {@code of} with respect to {@code wrt}, as a tensor that can be
   * differentiated again.
   *
   * @param wrt a tensor that {@code of} was drawn from
   */
  public static SymbolicTensor gradients(SymbolicTensor of, SymbolicTensor wrt) {
    return draw(
        "gradients",
        (ops, in) ->
            Gradients.of(
                    ops,
                    List.of(in.get(0)),
                    List.of(ops.fill(1, in.get(0).spec())),
                    List.of(in.get(1)))
                .get(0),
        of,
        wrt);
  }
}
