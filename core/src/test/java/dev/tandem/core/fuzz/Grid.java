package dev.tandem.core.fuzz;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Numbers in row-major order, in float64.
 *
 * @param shape sizes of the axes
 * @param at all numbers
 */
record Grid(int[] shape, double[] at) {

  static Grid zeros(int... shape) {
    return new Grid(shape, new double[Arrays.stream(shape).reduce(1, (a, b) -> a * b)]);
  }

  static Grid of(INDArray array) {
    INDArray rows = array.dup('c');
    double[] numbers = new double[(int) rows.length()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = rows.data().getDouble(i);
    }
    return new Grid(Arrays.stream(rows.shape()).mapToInt(n -> (int) n).toArray(), numbers);
  }

  int rank() {
    return shape.length;
  }

  /** The size of an axis, from the end if it is negative. */
  int size(int axis) {
    return shape[axis < 0 ? shape.length + axis : axis];
  }

  Grid map(DoubleUnaryOperator function) {
    return new Grid(shape, Arrays.stream(at).map(function).toArray());
  }

  Grid reshaped(int... sizes) {
    return new Grid(sizes, at);
  }

  /** The numbers of one sample. */
  double[] row(int index) {
    int length = at.length / shape[0];
    return Arrays.copyOfRange(at, index * length, (index + 1) * length);
  }

  double largest() {
    return Arrays.stream(at).map(Math::abs).max().orElse(0);
  }
}
