package dev.tandem.core.layer;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.TensorFunction.Kind;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Arithmetic on symbolic tensors, to draw nets, losses and penalties with: any scalar drawn from
 * tensors of a model can be a loss. What is drawn so is saved with the model.
 */
public final class Tensors {

  private Tensors() {}

  private static SymbolicTensor draw(Kind kind, LayerSettings settings, SymbolicTensor... inputs) {
    return new TensorFunction(kind, settings).apply(inputs);
  }

  private static SymbolicTensor draw(Kind kind, SymbolicTensor... inputs) {
    return draw(kind, LayerSettings.none(), inputs);
  }

  /** a + b. */
  public static SymbolicTensor add(SymbolicTensor a, SymbolicTensor b) {
    return draw(Kind.ADD, a, b);
  }

  /** a - b. */
  public static SymbolicTensor subtract(SymbolicTensor a, SymbolicTensor b) {
    return draw(Kind.SUBTRACT, a, b);
  }

  /** a · b, elementwise. */
  public static SymbolicTensor multiply(SymbolicTensor a, SymbolicTensor b) {
    return draw(Kind.MULTIPLY, a, b);
  }

  /** x times a number. */
  public static SymbolicTensor scale(SymbolicTensor x, double factor) {
    return draw(Kind.SCALE, LayerSettings.of(TensorFunction.FACTOR, factor), x);
  }

  /** x plus a number. */
  public static SymbolicTensor shift(SymbolicTensor x, double term) {
    return draw(Kind.SHIFT, LayerSettings.of(TensorFunction.TERM, term), x);
  }

  /** x times itself. */
  public static SymbolicTensor square(SymbolicTensor x) {
    return draw(Kind.SQUARE, x);
  }

  /** The square root. */
  public static SymbolicTensor sqrt(SymbolicTensor x) {
    return draw(Kind.SQRT, x);
  }

  /** log(1 + e^x). */
  public static SymbolicTensor softplus(SymbolicTensor x) {
    return draw(Kind.SOFTPLUS, x);
  }

  /** The mean of all elements: a scalar. */
  public static SymbolicTensor mean(SymbolicTensor x) {
    return draw(Kind.MEAN, x);
  }

  /** The sum along axes. */
  public static SymbolicTensor sum(SymbolicTensor x, int... axes) {
    List<Integer> all = IntStream.of(axes).boxed().toList();
    return draw(Kind.SUM, LayerSettings.of(TensorFunction.AXES, all), x);
  }

  /** The Euclidean norm of each sample, √(Σx² + ε): (batch, …) to (batch). */
  public static SymbolicTensor norm(SymbolicTensor x, double epsilon) {
    return draw(Kind.NORM, LayerSettings.of(TensorFunction.EPSILON, epsilon), x);
  }

  /** x, through which no gradient goes back. */
  public static SymbolicTensor stopGradient(SymbolicTensor x) {
    return draw(Kind.STOP_GRADIENT, x);
  }

  /**
   * Standard normal numbers, new in each step: one row for each sample of {@code like}.
   *
   * @return (batch, …sample)
   */
  public static SymbolicTensor randomNormal(SymbolicTensor like, long... sample) {
    return draw(Kind.RANDOM_NORMAL, sizes(sample), like);
  }

  /** Uniform numbers in [0, 1), new in each step: one row for each sample of {@code like}. */
  public static SymbolicTensor randomUniform(SymbolicTensor like, long... sample) {
    return draw(Kind.RANDOM_UNIFORM, sizes(sample), like);
  }

  private static LayerSettings sizes(long... sample) {
    List<Integer> sizes = LongStream.of(sample).mapToObj(Math::toIntExact).toList();
    return LayerSettings.of(TensorFunction.SAMPLE, sizes);
  }

  /**
   * The gradient of the sum of {@code of} with respect to {@code wrt}, as a tensor that can be
   * differentiated again.
   *
   * @param wrt a tensor that {@code of} was drawn from
   */
  public static SymbolicTensor gradients(SymbolicTensor of, SymbolicTensor wrt) {
    return draw(Kind.GRADIENTS, of, wrt);
  }
}
