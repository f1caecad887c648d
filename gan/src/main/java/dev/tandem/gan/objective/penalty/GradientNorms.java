package dev.tandem.gan.objective.penalty;

import static dev.tandem.core.layer.Tensors.gradients;
import static dev.tandem.core.layer.Tensors.mean;
import static dev.tandem.core.layer.Tensors.norm;
import static dev.tandem.core.layer.Tensors.scale;
import static dev.tandem.core.layer.Tensors.shift;
import static dev.tandem.core.layer.Tensors.square;
import static dev.tandem.core.layer.Tensors.sum;

import dev.tandem.core.graph.SymbolicTensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Means of functions of the gradient of scores by samples. */
final class GradientNorms {

  /** Keeps the norm's own derivative finite where the gradient is 0. */
  private static final double EPSILON = 1e-12;

  private GradientNorms() {}

  /** E[(‖∇D(x)‖ − target)²] · weight. */
  static SymbolicTensor around(
      double target, double weight, SymbolicTensor scores, SymbolicTensor samples) {
    SymbolicTensor slope = norm(gradients(scores, samples), EPSILON);
    return scale(mean(square(shift(slope, -target))), weight);
  }

  /** E[‖∇D(x)‖²] · weight. */
  static SymbolicTensor squared(double weight, SymbolicTensor scores, SymbolicTensor samples) {
    SymbolicTensor squares = square(gradients(scores, samples));
    int[] axes = IntStream.range(1, squares.shape().rank()).toArray();
    return scale(mean(sum(squares, axes)), weight);
  }

  /** The sizes of one number for each sample of these, that broadcasts over them. */
  static long[] once(SymbolicTensor samples) {
    long[] ones = new long[samples.shape().rank() - 1];
    Arrays.fill(ones, 1);
    return ones;
  }
}
