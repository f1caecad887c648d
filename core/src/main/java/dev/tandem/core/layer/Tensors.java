package dev.tandem.core.layer;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.TensorFunction.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Arithmetic on symbolic tensors, to build nets, losses and penalties with: any scalar made from
 * tensors of a model can be a loss. What is built so is saved with the model.
 */
public final class Tensors {

  private Tensors() {}

  private static SymbolicTensor apply(Kind kind, LayerSettings settings, SymbolicTensor... inputs) {
    return new TensorFunction(kind, settings).apply(inputs);
  }

  private static SymbolicTensor apply(Kind kind, SymbolicTensor... inputs) {
    return apply(kind, LayerSettings.none(), inputs);
  }

  /** a + b. */
  public static SymbolicTensor add(SymbolicTensor a, SymbolicTensor b) {
    return apply(Kind.ADD, a, b);
  }

  /** a - b. */
  public static SymbolicTensor subtract(SymbolicTensor a, SymbolicTensor b) {
    return apply(Kind.SUBTRACT, a, b);
  }

  /** a · b, elementwise. */
  public static SymbolicTensor multiply(SymbolicTensor a, SymbolicTensor b) {
    return apply(Kind.MULTIPLY, a, b);
  }

  /** x times a number. */
  public static SymbolicTensor scale(SymbolicTensor x, double factor) {
    return apply(Kind.SCALE, LayerSettings.of(TensorFunction.FACTOR, factor), x);
  }

  /** x plus a number. */
  public static SymbolicTensor shift(SymbolicTensor x, double term) {
    return apply(Kind.SHIFT, LayerSettings.of(TensorFunction.TERM, term), x);
  }

  /** x times itself. */
  public static SymbolicTensor square(SymbolicTensor x) {
    return apply(Kind.SQUARE, x);
  }

  /** The square root. */
  public static SymbolicTensor sqrt(SymbolicTensor x) {
    return apply(Kind.SQRT, x);
  }

  /** log(1 + e^x). */
  public static SymbolicTensor softplus(SymbolicTensor x) {
    return apply(Kind.SOFTPLUS, x);
  }

  /** The mean of all elements: a scalar. */
  public static SymbolicTensor mean(SymbolicTensor x) {
    return apply(Kind.MEAN, x);
  }

  /** The sum along axes. */
  public static SymbolicTensor sum(SymbolicTensor x, int... axes) {
    List<Integer> all = IntStream.of(axes).boxed().toList();
    return apply(Kind.SUM, LayerSettings.of(TensorFunction.AXES, all), x);
  }

  /** The Euclidean norm of each sample, √(Σx² + ε): (batch, …) to (batch). */
  public static SymbolicTensor norm(SymbolicTensor x, double epsilon) {
    return apply(Kind.NORM, LayerSettings.of(TensorFunction.EPSILON, epsilon), x);
  }

  /** x, through which no gradient goes back. */
  public static SymbolicTensor stopGradient(SymbolicTensor x) {
    return apply(Kind.STOP_GRADIENT, x);
  }

  /**
   * Standard normal numbers, new in each step: one row for each sample of {@code like}.
   *
   * @return (batch, …sample)
   */
  public static SymbolicTensor randomNormal(SymbolicTensor like, long... sample) {
    return apply(Kind.RANDOM_NORMAL, sizes(sample), like);
  }

  /** Uniform numbers in [0, 1), new in each step: one row for each sample of {@code like}. */
  public static SymbolicTensor randomUniform(SymbolicTensor like, long... sample) {
    return apply(Kind.RANDOM_UNIFORM, sizes(sample), like);
  }

  private static LayerSettings sizes(long... sample) {
    List<Integer> sizes = LongStream.of(sample).mapToObj(Math::toIntExact).toList();
    return LayerSettings.of(TensorFunction.SAMPLE, sizes);
  }

  /**
   * The gradient of the sum of {@code of} with respect to {@code wrt}, as a tensor that can be
   * differentiated again.
   *
   * @param wrt a tensor that {@code of} was made from
   */
  public static SymbolicTensor gradients(SymbolicTensor of, SymbolicTensor wrt) {
    return apply(Kind.GRADIENTS, of, wrt);
  }
}
