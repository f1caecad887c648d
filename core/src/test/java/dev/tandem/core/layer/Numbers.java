package dev.tandem.core.layer;

import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small float64 arrays for tests. */
final class Numbers {

  private Numbers() {}

  /** A column (n, 1). */
  static INDArray column(double... values) {
    return of(values, values.length, 1);
  }

  static INDArray of(double[] values, long... shape) {
    return Nd4j.create(values, shape, 'c');
  }

  /** 1, 2, 3, … */
  static INDArray counting(long... shape) {
    double[] values = new double[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    Arrays.setAll(values, i -> i + 1);
    return of(values, shape);
  }

  static INDArray filled(Initializer initializer, long seed, long... shape) {
    INDArray array = Nd4j.createUninitialized(DataType.DOUBLE, shape, 'c');
    initializer.fill(array, CounterRandom.of(seed));
    return array;
  }

  static double[] list(INDArray array) {
    return array.dup('c').data().asDouble();
  }
}
